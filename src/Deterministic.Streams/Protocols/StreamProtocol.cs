using System.Buffers;

namespace Deterministic.Streams.Protocols;

// This namespace is the callback model. StreamProtocol and ProtocolTransport are what users see; ConnectionProtocolTransport runs a protocol on a
// connection, with SerialExecutor for one callback at a time; CallbackTransport is the reverse: a connection on callbacks.

/// <summary>
/// What happens on a connection, as callbacks: asyncio's <c>Protocol</c>, for code that uses callbacks rather than awaits. Derive from it and override what is of interest.
/// </summary>
/// <remarks>
/// <para>
/// The order is fixed: <see cref="ConnectionMade"/> first and once; then <see cref="DataReceived"/> any number of times and <see cref="EofReceived"/> at most once; <see cref="ConnectionLost"/> last
/// and exactly once. In between, <see cref="PauseWriting"/> and <see cref="ResumeWriting"/> alternate strictly, beginning with a pause.
/// </para>
/// <para>
/// Never two at once, on whatever threads they come, so a protocol needs no lock of its own for what only its callbacks touch. One may come inside another:
/// a write that goes above the high watermark calls <see cref="PauseWriting"/> before it returns, so that a loop of writes can end by it. Only where another thread is in a callback just then
/// it comes after that one. No lock is held during a callback.
/// </para>
/// <para>
/// They run in the context in which the connection was asked for, or the server's handlers run; where there is none, on the driver's threads: they must not block.
/// What a callback throws aborts the connection and is reported: it is what <see cref="ConnectionLost"/> gets, what <see cref="ProtocolTransport.Completion"/> ends with, and on a server
/// reported to <see cref="ServerOptions.OnError"/> and <see cref="StreamServer.ConnectionFailed"/>.
/// </para>
/// <para>Clauses P-17 to P-21.</para>
/// </remarks>
public abstract class StreamProtocol
{
    /// <summary>The connection is made.</summary>
    /// <param name="transport">To write to, and to close; until <see cref="ConnectionLost"/>.</param>
    public virtual void ConnectionMade(ProtocolTransport transport) { }

    /// <summary>Bytes have arrived: however many there are, cut wherever the network cut them.</summary>
    /// <param name="data">At least one byte, lent for the call: what is needed later must be copied.</param>
    public virtual void DataReceived(ReadOnlySequence<byte> data) { }

    /// <summary>The peer has ended its half; nothing more is received. Not called if this side closed first.</summary>
    /// <returns>Whether our half stays open, for more to be written; false, the default, closes the connection in order.</returns>
    public virtual bool EofReceived() => false;

    /// <summary>More than the high watermark is queued: the protocol should write no more for now.</summary>
    public virtual void PauseWriting() { }

    /// <summary>No more than the low watermark is queued: writing may continue.</summary>
    public virtual void ResumeWriting() { }

    /// <summary>The connection is gone. Nothing is called after this.</summary>
    /// <param name="exception">Why it was lost; null if it was closed or aborted by this side. What had arrived before was received first, unless reading was paused.</param>
    public virtual void ConnectionLost(Exception? exception) { }
}
