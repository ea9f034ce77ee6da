using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Adapting;

/// <content>The synchronous half, and the two older patterns.</content>
internal sealed partial class ConnectionStream
{
    private int _readTimeout = Timeout.Infinite;
    private int _writeTimeout = Timeout.Infinite;

    /// <summary>As for sockets, time-outs are for the synchronous calls; an asynchronous one takes a token. So there are some where there are synchronous calls.</summary>
    public override bool CanTimeout => connection.Reader.AllowsBlockingWaits;

    public override int ReadTimeout
    {
        get => _readTimeout;
        set => _readTimeout = Checked(value);
    }

    public override int WriteTimeout
    {
        get => _writeTimeout;
        set => _writeTimeout = Checked(value);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        ObjectDisposedException.ThrowIf(_disposed, this);
        BlockingWait.ThrowIfNotAllowed(connection, nameof(ReadAsync));
        int taken = connection.Reader.ReadBlocking(buffer.AsMemory(offset, count), new RealTimeLimit(_readTimeout));
        return taken >= 0 ? taken : throw BlockingWait.NotInTime(_readTimeout, "read");
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        ObjectDisposedException.ThrowIf(_disposed, this);
        BlockingWait.ThrowIfNotAllowed(connection, nameof(WriteAsync));
        if (!AdaptedWrite.TryRunBlocking(connection, buffer.AsSpan(offset, count), new RealTimeLimit(_writeTimeout)))
        {
            throw BlockingWait.NotInTime(_writeTimeout, "write");
        }
    }

    /// <summary>Nothing to do, so nothing that blocks: what was written is on its way.</summary>
    public override void Flush() => ObjectDisposedException.ThrowIf(_disposed, this);

    // What the base class does instead is to block a thread of the pool with the synchronous calls.
    public override IAsyncResult BeginRead(
        byte[] buffer,
        int offset,
        int count,
        AsyncCallback? callback,
        object? state
    ) => TaskToAsyncResult.Begin(ReadAsync(buffer, offset, count, CancellationToken.None), callback, state);

    public override int EndRead(IAsyncResult asyncResult) => TaskToAsyncResult.End<int>(asyncResult);

    public override IAsyncResult BeginWrite(
        byte[] buffer,
        int offset,
        int count,
        AsyncCallback? callback,
        object? state
    ) => TaskToAsyncResult.Begin(WriteAsync(buffer, offset, count, CancellationToken.None), callback, state);

    public override void EndWrite(IAsyncResult asyncResult) => TaskToAsyncResult.End(asyncResult);

    private int Checked(int milliseconds)
    {
        if (!CanTimeout)
        {
            throw new InvalidOperationException(
                "Time-outs of a stream are for synchronous reads and writes, which this connection does not allow: pass a cancellation token."
            );
        }

        if (milliseconds != Timeout.Infinite)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(milliseconds);
        }

        return milliseconds;
    }
}
