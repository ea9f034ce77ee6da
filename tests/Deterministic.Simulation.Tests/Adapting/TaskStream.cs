namespace Deterministic.Simulation.Tests;

/// <summary>A stream as most are written: tasks and async methods around another stream, which go on in the context or wherever they ended.</summary>
internal sealed class TaskStream(Stream inner, bool inContext) : Stream
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

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    ) => await ReadAsTaskAsync(buffer, cancellationToken).ConfigureAwait(inContext);

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        await inner.WriteAsync(buffer, cancellationToken).AsTask().ConfigureAwait(inContext);
        await inner.FlushAsync(cancellationToken).ConfigureAwait(inContext);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(inContext);
        await base.DisposeAsync().ConfigureAwait(inContext);
    }

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task<int> ReadAsTaskAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(inContext);
}
