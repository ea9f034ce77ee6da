using System.Buffers;
using Deterministic.Core;

namespace Deterministic.Streams.Protocols;

/// <summary>
/// What a <see cref="StreamProtocol"/> acts on: asyncio's <c>Transport</c>. Get one with <c>ConnectProtocolAsync</c> or <c>StartProtocolServerAsync</c>; derive from it to drive protocols,
/// such as a <see cref="StreamReaderProtocol"/>, with a callback library of another make.
/// </summary>
/// <remarks>
/// All members may be called from any thread, inside callbacks and outside. None throws for what a network does; after the end of the connection they do nothing.
/// A class that derives from this keeps to the order that <see cref="StreamProtocol"/> promises.
/// </remarks>
public abstract class ProtocolTransport
{
    /// <summary>Gets the callbacks.</summary>
    public abstract StreamProtocol Protocol { get; }

    /// <summary>
    /// Ends once <see cref="StreamProtocol.ConnectionLost"/> has returned. Faulted with the first exception that a callback threw, if one did; how the connection was lost is reported to the protocol only.
    /// </summary>
    public abstract Task Completion { get; }

    /// <summary>Whether the connection is closed or closing.</summary>
    public abstract bool IsClosing { get; }

    /// <summary>Whether data is received: reading is not paused, and the connection neither closed nor closing.</summary>
    public abstract bool IsReading { get; }

    /// <summary>Whether <see cref="WriteEof"/> is possible here.</summary>
    public abstract bool CanWriteEof { get; }

    /// <summary>Bytes queued and not yet taken by the network.</summary>
    public abstract long Buffered { get; }

    /// <summary>The watermarks. Lower ones can pause writing at once. Clauses W-WM-02, W-WM-06.</summary>
    public abstract WriteBufferLimits WriteBufferLimits { get; set; }

    /// <summary>
    /// Hands the connection over to another protocol: the callbacks from now on are its. Earlier callbacks are not repeated, so the caller calls its <see cref="StreamProtocol.ConnectionMade"/>, as in asyncio.
    /// Call it inside a callback; elsewhere one may be under way.
    /// </summary>
    /// <param name="protocol">The new one.</param>
    public abstract void SetProtocol(StreamProtocol protocol);

    /// <summary>Takes bytes for sending; they are the caller's again on return. After a close or a loss they are dropped.</summary>
    /// <param name="data">The bytes. Nothing happens if there are none.</param>
    /// <exception cref="InvalidOperationException"><see cref="WriteEof"/> was called before.</exception>
    public abstract void Write(ReadOnlySpan<byte> data);

    /// <summary>Takes bytes for sending, such as those that <see cref="StreamProtocol.DataReceived"/> was lent.</summary>
    /// <param name="data">The bytes.</param>
    /// <exception cref="InvalidOperationException"><see cref="WriteEof"/> was called before.</exception>
    public abstract void Write(in ReadOnlySequence<byte> data);

    /// <summary>Takes many pieces for sending, as one write of all of them.</summary>
    /// <param name="lines">The pieces, in order. Nothing is added between them.</param>
    /// <exception cref="InvalidOperationException"><see cref="WriteEof"/> was called before.</exception>
    public abstract void WriteLines(IEnumerable<ReadOnlyMemory<byte>> lines);

    /// <summary>Ends our half once everything queued is sent; receiving continues. A no-op when repeated or after a close.</summary>
    /// <exception cref="NotSupportedException">This kind of connection cannot be ended by halves.</exception>
    public abstract void WriteEof();

    /// <summary>Stops receiving, sends what is queued in the background, then closes: <see cref="StreamProtocol.ConnectionLost"/> comes with null. Idempotent.</summary>
    public abstract void Close();

    /// <summary>Drops what is queued and closes at once: <see cref="StreamProtocol.ConnectionLost"/> comes with null, the peer sees a reset. Idempotent.</summary>
    public abstract void Abort();

    /// <summary>
    /// Receives no more until <see cref="ResumeReading"/>: neither data nor the peer's end is reported. Called inside a callback, no data comes after it. The peer is held back once a bounded amount is buffered.
    /// Idempotent.
    /// </summary>
    public abstract void PauseReading();

    /// <summary>Receives again. Data never comes on the caller's stack. Idempotent.</summary>
    public abstract void ResumeReading();

    /// <summary>A fact about the connection by its documented name. Clauses W-INFO-01, W-INFO-02.</summary>
    /// <param name="name"><c>sockname</c>, <c>peername</c>, or one that this kind of connection knows, such as <c>socket</c>.</param>
    /// <param name="defaultValue">What to return if the name is unknown here.</param>
    public abstract object? GetExtraInfo(string name, object? defaultValue = null);

    /// <summary>Runs something soon, not on the caller's stack, in the world's own order: asyncio's <c>call_soon</c>. Not a callback of the protocol: it can run beside one.</summary>
    /// <param name="callback">What to run; it does not throw.</param>
    /// <param name="state">Its argument.</param>
    public abstract void Schedule(Action<object?> callback, object? state);

    /// <summary>The clock of the world that the connection is in: everything timed above it uses this. The machine's by default.</summary>
    public virtual TimeProvider TimeProvider => TimeProvider.System;

    /// <summary>The largest write that has room while writing is not paused: <see cref="ConnectionOptions.MaxUnsentBytes"/>.</summary>
    internal virtual long RoomWhileFlowing => long.MaxValue;
}
