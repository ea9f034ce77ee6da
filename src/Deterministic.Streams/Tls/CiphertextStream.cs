using System.IO;
using System.Runtime.CompilerServices;
using Deterministic.Core;
using Deterministic.Streams.Engine;
using Deterministic.Streams.IO;
using Deterministic.Streams.Reading;

namespace Deterministic.Streams.Tls;

/// <summary>The ciphertext of a connection as a <see cref="TlsEngine"/> sees it, and how it ended, which an engine does not report.</summary>
/// <param name="plain">The connection below.</param>
internal sealed class CiphertextStream(ConnectionEngine plain) : UnseekableStream
{
    /// <summary>Enough for a reader to recognise the protocol of a peer that does not speak TLS.</summary>
    private const int MaxFirstBytes = 16;

    private readonly byte[] _first = new byte[MaxFirstBytes];
    private int _firstCount;

    /// <summary>Whether the end of file was handed out: after that, an end of the decrypted stream is no proof that the peer meant it.</summary>
    public bool EndWasRead { get; private set; }

    /// <summary>Why the connection below failed under a read or a write; null if it did not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The first bytes that came.</summary>
    public ReadOnlySpan<byte> FirstBytes => _first.AsSpan(0, _firstCount);

    public override bool CanRead => true;

    public override bool CanWrite => true;

    /// <summary>Waits for bytes. With no buffer it only waits: an engine that does so first holds none while nothing comes.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ReadRequest request = buffer.IsEmpty ? ReadRequest.Peek(0) : ReadRequest.Read(buffer.Length);
        try
        {
            int count = await plain
                .ReadAsync<int, FilledForm>(request, buffer, cancellationToken)
                .ConfigureAwait(false);
            EndWasRead |= count == 0 && !buffer.IsEmpty;
            Remember(buffer.Span[..count]);
            return count;
        }
        catch (IOException error)
        {
            Failure ??= error;
            throw;
        }
    }

    /// <summary>Over once the network took all of it: what waits then is counted where it is not encrypted yet. Clause W-WM-08.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        ValueTask drained = plain.DrainAsync(cancellationToken);
        return drained.IsCompletedSuccessfully ? drained : DrainedAsync(drained);
    }

    /// <summary>Queues at once: for the alert that an engine sends where it cannot wait.</summary>
    public override void Write(ReadOnlySpan<byte> buffer) => plain.Write(buffer, WriteOrigin.Layer);

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Ciphertext is read with ReadAsync: nothing here blocks.");

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
        if (_firstCount < MaxFirstBytes)
        {
            ReadOnlySpan<byte> taken = data[..Math.Min(data.Length, MaxFirstBytes - _firstCount)];
            taken.CopyTo(_first.AsSpan(_firstCount));
            _firstCount += taken.Length;
        }
    }
}
