using System.IO;
using System.Runtime.CompilerServices;

namespace Deterministic.Streams;

/// <summary>Ciphertext for an <see cref="System.Net.Security.SslStream"/> that takes turns: whoever reads has the turn, but not while it waits for ciphertext.</summary>
/// <param name="ciphertext">The ciphertext.</param>
/// <param name="turn">Taken whenever a read is begun, and again when that has ended.</param>
internal sealed class SslTurnStream(Stream ciphertext, SslTurn turn) : Stream
{
    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        turn.Leave();
        try
        {
            return await ciphertext.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await turn.EnterAsync().ConfigureAwait(false);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        ciphertext.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ciphertext.WriteAsync(buffer, offset, count, cancellationToken);

    public override void Write(ReadOnlySpan<byte> buffer) => ciphertext.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => ciphertext.Write(buffer, offset, count);

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => ciphertext.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
