using System.IO.Pipelines;
using Deterministic.Streams.Adapting;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams;

/// <summary>Connections as streams and pipes, and the other way round.</summary>
public static class ConnectionAdapters
{
    /// <summary>The connection as a <see cref="Stream"/>, for code that needs one: <c>SslStream</c>, <c>HttpClient</c>, <see cref="StreamReader"/>.</summary>
    /// <param name="connection">Its reader and writer stay usable; reads of both count as one at a time.</param>
    /// <param name="leaveOpen">Whether disposing of the stream leaves the connection open.</param>
    /// <remarks>
    /// <para>
    /// Ownership: disposing of the stream closes the connection in order, as <see cref="Connection.DisposeAsync"/> does; <see cref="Stream.DisposeAsync"/> waits until it is gone,
    /// <see cref="Stream.Dispose()"/> and <see cref="Stream.Close"/> do not.
    /// </para>
    /// <para>
    /// Reads: at least one byte, or 0 at the end of the stream. A read into no memory waits until there is something to read, and takes nothing. A cancelled read loses nothing.
    /// <see cref="Stream.CopyToAsync(Stream)"/> copies from the connection's own memory, and hands each byte to its destination once: what was handed over is consumed, also if the wait for the destination is
    /// cancelled; what it refused, because it failed or was cancelled before its write began, stays readable.
    /// </para>
    /// <para>
    /// Writes: the bytes are the caller's again once the write has ended; it ends when no more is queued than <see cref="ConnectionOptions.WriteBufferLimits"/> allows, so the peer's pace is kept without
    /// a drain. More than 64 KiB is taken in pieces of that size, as the peer takes them: make one such write at a time. A write that is cancelled before it began takes nothing;
    /// cancelled later, it takes whatever is left at once and ends its wait, so that all of its bytes are sent once. A flush has nothing left to do but wait in the same way.
    /// </para>
    /// <para>
    /// A stream has no half-close: <c>connection.Writer.WriteEof()</c> ends our half; a write after it is an <see cref="InvalidOperationException"/>.
    /// A loss is a <see cref="Core.ConnectionException"/>, which is an <see cref="IOException"/>; so is a write after the connection was closed here, of kind <see cref="Core.ConnectionErrorKind.Aborted"/>.
    /// </para>
    /// <para>
    /// Synchronous reads and writes block the calling thread where <see cref="Transport.AllowsBlockingWaits"/> (real sockets), and their time-outs, in real time, can be set; a read that timed out lost
    /// nothing, and a write that timed out is still sent, all of it (if <see cref="ConnectionOptions.MaxUnsentBytes"/> leaves no room for it, the connection is aborted). Elsewhere, as in a simulation, they are a <see cref="NotSupportedException"/>, and <see cref="Stream.CanTimeout"/> is false.
    /// While it blocks, the thread itself does the driver's work on its connection, so the call ends although every thread of the pool may be blocked. (On systems other than Linux, and where the connection was made
    /// from a stream or pipes that are no connection's, the completion may need a thread of the pool.)
    /// Asynchronous calls take a token instead: <c>new CancellationTokenSource(delay, network.TimeProvider)</c>.
    /// </para>
    /// </remarks>
    public static Stream AsStream(this Connection connection, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new ConnectionStream(connection, leaveOpen);
    }

    /// <summary>The connection as a pair of pipes. They lend its own memory: there is no second buffer, and no copy, in between.</summary>
    /// <param name="connection">Its reader and writer stay usable, but not between a read of the pipe and its advance.</param>
    /// <param name="leaveOpen">Whether completing the pipes neither ends, closes nor aborts anything.</param>
    /// <remarks>
    /// <para>
    /// Ownership: completing the output writes what was not flushed and ends our half, or closes the connection where that is not possible (<see cref="AsyncStreamWriter.CanWriteEof"/>);
    /// completing both closes it in order; completing either with an exception aborts it.
    /// </para>
    /// <para>
    /// Input: the buffer is lent until <see cref="PipeReader.AdvanceTo(SequencePosition)"/>; what was examined and not consumed is kept, and the next read waits for more than that. So a reader that only examines
    /// makes the connection buffer beyond its limit, as with any pipe. A loss is thrown by the read: a <see cref="Core.ConnectionException"/>. A copy (<see cref="PipeReader.CopyToAsync(PipeWriter, CancellationToken)"/>)
    /// consumes what was handed to its destination, each byte once, also if it is cancelled.
    /// </para>
    /// <para>
    /// Output: a flush hands the bytes to the network and ends when no more is queued than <see cref="ConnectionOptions.WriteBufferLimits"/> allows. It throws what the connection was lost with;
    /// after a close on this side its result is completed. Whatever ends its wait early, cancellation included, the bytes were taken, unless the token was cancelled beforehand.
    /// With <see cref="ConnectionOptions.MaxUnsentBytes"/>, a flush that it leaves no room for throws an <see cref="InvalidOperationException"/> and takes nothing; what was not flushed can be flushed later.
    /// </para>
    /// </remarks>
    public static IDuplexPipe AsDuplexPipe(this Connection connection, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new ConnectionPipe(connection, leaveOpen);
    }

    extension(Connection)
    {
        /// <summary>Puts a connection on top of a stream, such as an <c>SslStream</c>, a pipe of the operating system, or a <c>QuicStream</c>.</summary>
        /// <param name="stream">Readable and writable, and at both at once. The connection's from here on, unless <see cref="AdapterOptions.LeaveOpen"/>: nothing else may read or write it.</param>
        /// <param name="options">How; the defaults if null.</param>
        /// <remarks>
        /// <para>Closing flushes and disposes of the stream; aborting disposes of it at once. A read of the stream is under way almost always; the close cancels it.</para>
        /// <para>What the stream throws loses the connection: a <see cref="Core.ConnectionException"/> with the cause inside.</para>
        /// </remarks>
        /// <exception cref="ArgumentException">The stream cannot be read, or not be written.</exception>
        public static Connection FromStream(Stream stream, StreamAdapterOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(stream);
            if (!stream.CanRead || !stream.CanWrite)
            {
                throw new ArgumentException(
                    "A connection reads and writes, and this stream does not do both (or is closed): give one that does.",
                    nameof(stream)
                );
            }

            (stream as ConnectionStream)?.Connection.Reader.Engine.CarryLayer();
            options ??= StreamAdapterOptions.Default;
            return Connection.Attach(new StreamTransport(stream, options), options);
        }

        /// <summary>Puts a connection on top of a pair of pipes, such as the <c>Transport</c> of Kestrel's <c>ConnectionContext</c>.</summary>
        /// <param name="pipe">The connection's from here on, unless <see cref="AdapterOptions.LeaveOpen"/>: nothing else may read or write it.</param>
        /// <param name="options">How; the defaults if null.</param>
        /// <remarks>
        /// <para>Ending our half completes the output, also of pipes that stay open; closing completes both pipes; aborting completes them with an exception. A read of the pipe is under way almost always; the close cancels it.</para>
        /// <para>What the pipes throw loses the connection: a <see cref="Core.ConnectionException"/> with the cause inside.</para>
        /// </remarks>
        /// <exception cref="ArgumentException">One of the two pipes is missing.</exception>
        public static Connection FromDuplexPipe(IDuplexPipe pipe, AdapterOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(pipe);
            if (pipe.Input is null || pipe.Output is null)
            {
                throw new ArgumentException(
                    "A connection reads and writes: the pipe needs an input and an output.",
                    nameof(pipe)
                );
            }

            (pipe as ConnectionPipe)?.Connection.Reader.Engine.CarryLayer();
            options ??= AdapterOptions.Default;
            return Connection.Attach(new PipeTransport(pipe, options), options);
        }
    }
}
