using System.IO;
using System.Runtime.CompilerServices;
using Deterministic.Streams.IO;

namespace Deterministic.Streams.Ssl;

/// <summary>Ciphertext for an <see cref="System.Net.Security.SslStream"/> whose operations are serialised: a read holds the mutex, but not while it waits for ciphertext.</summary>
/// <param name="ciphertext">The ciphertext.</param>
/// <param name="turn">Taken whenever a read is begun, and again when that has ended.</param>
internal sealed class MutexStream(Stream ciphertext, AsyncMutex turn) : UnseekableStream
{
    public override bool CanRead => true;

    public override bool CanWrite => true;

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

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        ciphertext.WriteAsync(buffer, cancellationToken);

    public override void Write(ReadOnlySpan<byte> buffer) => ciphertext.Write(buffer);

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => ciphertext.Read(buffer, offset, count);
}
