namespace Deterministic.Streams.IO;

/// <summary>A stream over a connection, which has no length and no position. Its forms over arrays are its forms over memory.</summary>
internal abstract class UnseekableStream : Stream
{
    public override bool CanSeek => false;

    public override long Length => throw NoSeeking();

    public override long Position
    {
        get => throw NoSeeking();
        set => throw NoSeeking();
    }

    // Abstract, because a plain stream's would call the forms over arrays, and those call these.
    public abstract override ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    );

    public abstract override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    );

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <summary>Calls the form over a span. A stream must override one of the two: a plain stream's form over a span calls this one.</summary>
    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    public override long Seek(long offset, SeekOrigin origin) => throw NoSeeking();

    public override void SetLength(long value) => throw NoSeeking();

    private static NotSupportedException NoSeeking() =>
        new("A connection has no length and no position: read it to its end.");
}
