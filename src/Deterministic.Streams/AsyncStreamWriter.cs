using System.Buffers;
using System.Net;
using Deterministic.Core;
using Deterministic.Streams.Engine;

namespace Deterministic.Streams;

/// <summary>Writes to a connection, in the manner of asyncio's <c>StreamWriter</c>. Safe to use from any thread; writes go out in the order they are made.</summary>
/// <remarks>
/// <see cref="Write(ReadOnlySpan{byte})"/> never waits: it sends what the network takes at once and queues a copy of the rest. <see cref="DrainAsync"/> is
/// how a program keeps to the pace of its peer: call it after writing.
/// </remarks>
public sealed partial class AsyncStreamWriter
{
    /// <summary>Another one once TLS is started.</summary>
    private ConnectionEngine _engine;

    internal AsyncStreamWriter(ConnectionEngine engine) => _engine = engine;

    /// <summary>Whether the connection is closed or closing. Clause W-CLOSE-01.</summary>
    public bool IsClosing => _engine.Inspect(static (ConnectionMachine machine) => machine.IsClosing);

    /// <summary>Whether <see cref="WriteEof"/> is possible here. Clause W-EOF-01.</summary>
    public bool CanWriteEof => _engine.Transport.CanShutdownWrite;

    /// <summary>Bytes queued and not yet taken by the network.</summary>
    public long Buffered => _engine.Inspect(static (ConnectionMachine machine) => machine.Writer.Buffered);

    /// <summary>Whether a drain would wait: more than the high watermark was queued, and not yet at most the low one.</summary>
    public bool IsPaused => _engine.Inspect(static (ConnectionMachine machine) => machine.Writer.IsPaused);

    /// <summary>This side's address, or null where there is none.</summary>
    public EndPoint? LocalEndPoint => _engine.Transport.LocalEndPoint;

    /// <summary>The peer's address, or null where there is none.</summary>
    public EndPoint? RemoteEndPoint => _engine.Transport.RemoteEndPoint;

    /// <summary>The watermarks. Setting lower ones can pause at once; higher ones resume with the next send. Clauses W-WM-02, W-WM-06.</summary>
    public WriteBufferLimits WriteBufferLimits
    {
        get => _engine.Inspect(static (ConnectionMachine machine) => machine.Writer.Limits);
        set => _engine.SetLimits(value);
    }

    /// <summary>Takes bytes for sending; they are the caller's again on return. Clauses W-WRITE-02 to W-WRITE-04.</summary>
    /// <param name="data">The bytes. Nothing happens if there are none.</param>
    /// <remarks>
    /// As in asyncio, and unlike <see cref="Stream.WriteAsync(ReadOnlyMemory{byte}, CancellationToken)"/>, this neither waits nor sends in the caller's time: the bytes are copied into a queue, which grows for as long as
    /// a peer does not read, unless <see cref="ConnectionOptions.MaxUnsentBytes"/> bounds it. Await <see cref="DrainAsync"/> after a write, or after some, to keep it bounded. It never throws for what the network does: a loss shows in the next drain or read. After a close or a
    /// loss the bytes are dropped without an error: clause W-LOST-01.
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// <see cref="WriteEof"/> was called before; or <see cref="ConnectionOptions.MaxUnsentBytes"/> is set and leaves no room for all of it: none of it was taken, and the connection stays usable. Clause W-MAX-01.
    /// </exception>
    public void Write(ReadOnlySpan<byte> data) => _engine.Write(data);

    /// <summary>Takes bytes for sending, such as those that a reader lent.</summary>
    /// <param name="data">The bytes.</param>
    /// <exception cref="InvalidOperationException"><see cref="WriteEof"/> was called before, or there is no room for all of it (<see cref="ConnectionOptions.MaxUnsentBytes"/>): none of it was taken.</exception>
    public void Write(in ReadOnlySequence<byte> data) => _engine.Write(data);

    /// <summary>Takes many pieces for sending, as one write of all of them. Clause W-LINES-01.</summary>
    /// <param name="lines">The pieces, in order; empty ones are fine. Nothing is added between them.</param>
    /// <exception cref="InvalidOperationException"><see cref="WriteEof"/> was called before, or there is no room for all of them (<see cref="ConnectionOptions.MaxUnsentBytes"/>): none of them was taken.</exception>
    public void WriteLines(IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        // Gathered first: what the caller's enumeration does, or throws, must not happen halfway through a write.
        _engine.Write(lines as ReadOnlyMemory<byte>[] ?? [.. lines]);
    }

    /// <summary>Ends our half once everything queued is sent; reading continues. A no-op when repeated or after a close. Clauses W-EOF-02, W-EOF-03, W-EOF-05.</summary>
    /// <exception cref="NotSupportedException">This kind of connection cannot be ended by halves: see <see cref="CanWriteEof"/>.</exception>
    public void WriteEof()
    {
        if (!CanWriteEof)
        {
            throw new NotSupportedException(
                "This connection cannot end one half alone (CanWriteEof is false): close it instead."
            );
        }

        _engine.WriteEof();
    }

    /// <summary>
    /// Waits while too much is queued: more than the high watermark until no more than the low one. Not a flush: clause W-DRAIN-10.
    /// Any number may wait at once. Most calls return at once; that does not mean that the peer has received anything.
    /// </summary>
    /// <param name="cancellationToken">Ends this wait; no output is lost and other waits continue.</param>
    /// <exception cref="ConnectionException">The connection is lost. Clauses W-DRAIN-01, W-DRAIN-03.</exception>
    public ValueTask DrainAsync(CancellationToken cancellationToken = default) => _engine.DrainAsync(cancellationToken);

    /// <summary>Stops reading, sends what is queued in the background, for as long as it makes progress (<see cref="ConnectionOptions.ShutdownTimeout"/>), then closes. Idempotent. Clauses W-CLOSE-01 to W-CLOSE-06.</summary>
    /// <remarks>
    /// It ends both halves of the connection, and returns before anything is sent: await <see cref="WaitClosedAsync"/> to learn whether everything was. To end only this half, and read on, call <see cref="WriteEof"/>.
    /// </remarks>
    public void Close() => OnEngine(static engine => engine.Close());

    /// <summary>Drops what is queued and closes at once; the peer sees a reset. Idempotent. Clause W-ABORT-01, DEV-16.</summary>
    public void Abort() => OnEngine(static engine => engine.Abort());

    /// <summary>Waits until the connection is gone: everything was flushed, or it was lost. Closes nothing itself. Clauses W-WAIT-01 to W-WAIT-05.</summary>
    /// <param name="cancellationToken">Ends this wait; other waits continue.</param>
    /// <exception cref="ConnectionException">It was lost, or the close took too long (of kind <see cref="ConnectionErrorKind.TimedOut"/>), so that not everything was flushed.</exception>
    public ValueTask WaitClosedAsync(CancellationToken cancellationToken = default) =>
        _engine.WaitClosedAsync(cancellationToken);

    /// <summary>A fact about the connection by its documented name. Clauses W-INFO-01, W-INFO-02.</summary>
    /// <param name="name"><c>sockname</c>, <c>peername</c>, or one that this kind of connection knows, such as <c>socket</c>.</param>
    /// <param name="defaultValue">What to return if the name is unknown here.</param>
    public object? GetExtraInfo(string name, object? defaultValue = null)
    {
        object? value = name switch
        {
            "sockname" => LocalEndPoint,
            "peername" => RemoteEndPoint,
            _ => _engine.Transport.GetExtraInfo(name),
        };
        return value ?? defaultValue;
    }

    internal void MoveTo(ConnectionEngine engine) => _engine = engine;

    /// <summary>For a command that must not be lost on the engine below if TLS is started on another thread meanwhile.</summary>
    private void OnEngine(Action<ConnectionEngine> command)
    {
        ConnectionEngine engine;
        do
        {
            engine = Volatile.Read(ref _engine);
            command(engine);
        } while (engine != Volatile.Read(ref _engine));
    }
}
