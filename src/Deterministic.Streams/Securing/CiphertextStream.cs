using System.IO;
using System.Runtime.CompilerServices;
using Deterministic.Core;

namespace Deterministic.Streams;

/// <summary>The ciphertext of a connection as a <see cref="TlsEngine"/> sees it, and what an engine does not tell about its end.</summary>
/// <param name="plain">The connection below.</param>
internal sealed class CiphertextStream(ConnectionEngine plain) : Stream
{
    /// <summary>Enough to tell by eye what somebody speaks who does not speak TLS.</summary>
    private const int MostFirstBytes = 16;

    private readonly byte[] _first = new byte[MostFirstBytes];
    private readonly byte[] _peeked = new byte[1];
    private int _firstCount;
    private bool _hasPeeked;

    /// <summary>Whether the end of file was handed out: after that, an end of the decrypted stream is no proof that the peer meant it.</summary>
    public bool EndWasRead { get; private set; }

    /// <summary>Why the connection below failed under a read or a write; null if it did not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The first bytes that came.</summary>
    public ReadOnlySpan<byte> FirstBytes => _first.AsSpan(0, _firstCount);

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Waits for bytes. With no buffer it only waits: an engine that does so first holds none while nothing comes.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        buffer.IsEmpty ? PeekAsync(cancellationToken)
        : _hasPeeked ? ReadPeekedAsync(buffer, cancellationToken)
        : FillAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Over once the network took all of it: what waits then is counted where it is not encrypted yet. Clause W-WM-08.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        ValueTask drained = plain.DrainAsync(cancellationToken);
        return drained.IsCompletedSuccessfully ? drained : DrainedAsync(drained);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Queues at once: for the alert that an engine sends where it cannot wait.</summary>
    public override void Write(ReadOnlySpan<byte> buffer) => plain.Write(buffer, WriteOrigin.Layer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Ciphertext is read with ReadAsync: nothing here blocks.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private ValueTask<int> ReadPeekedAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        bool more = plain.Inspect(static (ReaderMachine reader) => reader.Buffered > 0 && reader.Error is null);
        buffer.Span[0] = _peeked[0];
        _hasPeeked = false;
        return buffer.Length == 1 || !more
            ? new ValueTask<int>(1)
            : OneMoreThanAsync(FillAsync(buffer[1..], cancellationToken));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> OneMoreThanAsync(ValueTask<int> rest) => 1 + await rest.ConfigureAwait(false);

    /// <summary>Nothing in the reader waits without taking: so it takes one byte, and the next read begins with that.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> PeekAsync(CancellationToken cancellationToken)
    {
        if (!_hasPeeked)
        {
            _hasPeeked = await FillAsync(_peeked, cancellationToken).ConfigureAwait(false) > 0;
        }

        return 0;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            int count = await plain
                .ReadAsync<int, FilledForm>(ReadRequest.Read(buffer.Length), buffer, cancellationToken)
                .ConfigureAwait(false);
            EndWasRead |= count == 0;
            Remember(buffer.Span[..count]);
            return count;
        }
        catch (IOException error)
        {
            Failure ??= error;
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask DrainedAsync(ValueTask drained)
    {
        try
        {
            await drained.ConfigureAwait(false);
        }
        catch (IOException error)
        {
            Failure ??= error;
            throw;
        }
    }

    private void Remember(ReadOnlySpan<byte> data)
    {
        if (_firstCount < MostFirstBytes)
        {
            ReadOnlySpan<byte> taken = data[..Math.Min(data.Length, MostFirstBytes - _firstCount)];
            taken.CopyTo(_first.AsSpan(_firstCount));
            _firstCount += taken.Length;
        }
    }
}
