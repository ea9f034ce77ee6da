using System.Buffers;
using System.Net;

namespace Deterministic.Streams.Driving;

// This namespace is what a driver implements or uses. Read Transport and ITransportHandler first (operations and their results), then
// TransportListener; EndPointAddresses, AddressBinding and HappyEyeballs help with addresses, BlockedThread with synchronous calls.

/// <summary>
/// One established connection as a driver provides it: the seam between the streams and a world. Subclass it to write a driver.
/// </summary>
/// <remarks>
/// <para>
/// The streams call it as the machine allows: at most one <see cref="Receive"/>, one send and one <see cref="ShutdownWrite"/> at a time, a <see cref="Close"/> once,
/// and an <see cref="Abort"/> once, also while a close is pending.
/// Calls can come from different threads, and overlap: a receive or a send that was decided on before a close can come just after it, and then ends as one
/// that the close cut short.
/// </para>
/// <para>Nothing here throws for what a network can do: errors are results.</para>
/// </remarks>
public abstract class Transport
{
    /// <summary>This side's address, or null where there is none.</summary>
    public abstract EndPoint? LocalEndPoint { get; }

    /// <summary>The peer's address, or null where there is none.</summary>
    public abstract EndPoint? RemoteEndPoint { get; }

    /// <summary>The clock of the world that the transport is in: everything timed above it uses this. The machine's by default.</summary>
    public virtual TimeProvider TimeProvider => TimeProvider.System;

    /// <summary>Whether our half can be ended while the peer's stays open. Clause W-EOF-01.</summary>
    public virtual bool CanShutdownWrite => true;

    /// <summary>Whether the peer's end of file ends the connection as a whole: what is queued is still sent, then it is closed. Clauses P-11, W-HALF-02.</summary>
    public virtual bool ClosesAtEndOfFile => false;

    /// <summary>
    /// The least memory, in bytes, that is worth a receive here; never negative. 0 lets the size follow how full the last receives were, which suits streams.
    /// For a transport that gets its data in pieces that are better not cut: how large they are.
    /// </summary>
    public virtual int SmallestReceive => 0;

    /// <summary>
    /// Whether to begin a receive now, rather than wait for <see cref="ITransportHandler.ReceiveReady"/>: false spares an idle connection the memory to receive into, and then the transport
    /// must call that as soon as a receive would not be pending. True by default. Read while the connection's lock is held: it returns at once, and calls nothing.
    /// </summary>
    public virtual bool IsReceiveReady => true;

    /// <summary>
    /// Whether a thread may block until an operation here ends; see <see cref="BeginBlocking"/>. False where that thread could be the one that has to end it, as in a simulation, and then
    /// what blocks (synchronous reads and writes of a stream over the connection) is refused rather than hangs. A transport that decorates another one answers as that one does.
    /// </summary>
    public virtual bool AllowsBlockingWaits => false;

    /// <summary>
    /// A thread begins to block until an operation over this transport has ended. A transport whose results come on the thread pool posts the work that brings them to this thread until
    /// <see cref="EndBlocking"/>, since all the threads of the pool may be blocked just so; it begins with what was pending before. The default does nothing, which is right where results come on
    /// threads that no program can block. A transport that decorates another one passes it on. From any thread; several may be blocked at once.
    /// </summary>
    /// <param name="thread">Where to post. Nothing is run before this returns.</param>
    public virtual void BeginBlocking(BlockedThread thread) { }

    /// <summary>The thread blocks no longer: post it nothing any more.</summary>
    /// <param name="thread">That of <see cref="BeginBlocking"/>.</param>
    public virtual void EndBlocking(BlockedThread thread) { }

    /// <summary>Gets the results of pending operations. Set once, before the first operation.</summary>
    protected ITransportHandler Handler { get; private set; } = UnattachedHandler.Instance;

    /// <summary>Begins one receive.</summary>
    /// <param name="buffer">Memory to receive into; the transport's until it reports the result.</param>
    /// <returns>Completed with at least one byte, end of file, failed, or pending.</returns>
    public abstract TransportResult Receive(Memory<byte> buffer);

    /// <summary>Sends what the transport takes at once, from memory that is the caller's again on return.</summary>
    /// <param name="data">At least one byte.</param>
    /// <returns>Completed with the bytes taken (0 if it would block) or failed; never pending.</returns>
    public abstract TransportResult TrySend(ReadOnlySpan<byte> data);

    /// <summary>Begins one send.</summary>
    /// <param name="data">At least one byte; stays valid until the result is reported.</param>
    /// <returns>Completed with at least one byte taken, failed, or pending. Taking less than all is fine.</returns>
    public abstract TransportResult Send(in ReadOnlySequence<byte> data);

    /// <summary>Tells the peer that our half has ended.</summary>
    /// <returns>Completed, failed or pending.</returns>
    public abstract TransportResult ShutdownWrite();

    /// <summary>
    /// The program closes: what is queued is still sent, then comes <see cref="Close"/>. For a transport that bounds how long all of that may take. May be called more than once,
    /// and late: when it is closed already.
    /// </summary>
    public virtual void OnCloseStarted() { }

    /// <summary>Closes in order: what was taken for sending still reaches the peer. A pending receive ends, with any result.</summary>
    /// <returns>Completed, failed or pending. While it is pending, <see cref="Abort"/> can cut it short.</returns>
    public abstract TransportResult Close();

    /// <summary>Closes at once: the peer sees a reset where the world knows one. Pending operations end, with any result, and so does a pending close.</summary>
    public abstract void Abort();

    /// <summary>Runs a callback soon, not on the caller's stack, in the world's own order: the thread pool, or the simulator.</summary>
    /// <param name="callback">What to run; it does not throw.</param>
    /// <param name="state">Its argument.</param>
    public abstract void Schedule(Action<object?> callback, object? state);

    /// <summary>
    /// As <see cref="Schedule"/>, for work of a layer on top, such as TLS, that no code of the program follows on the same stack. A thread that blocks for the connection may be waiting for just this work: a
    /// transport that knows one (<see cref="BeginBlocking"/>) lets it do the work.
    /// </summary>
    /// <param name="callback">What to run; it does not throw.</param>
    /// <param name="state">Its argument.</param>
    public virtual void ScheduleLayer(Action<object?> callback, object? state) => Schedule(callback, state);

    /// <summary>
    /// The program has written to a connection that is closed, closing or lost, and the bytes were dropped: clause W-LOST-01. For a transport that keeps a record of what happens; a
    /// transport that decorates another one passes it on. From any thread, with no lock held.
    /// </summary>
    /// <param name="count">How many bytes this write had; at least one.</param>
    public virtual void WriteDropped(long count) { }

    /// <summary>
    /// From here on this side sends ciphertext: bytes that no two runs have in common. A transport that keeps a record of what it carries notes how many there are, and not which.
    /// </summary>
    public virtual void MarkEncrypted() { }

    /// <summary>A fact about the connection that only this kind of transport knows, by its documented name; null if unknown. Clause W-INFO-01.</summary>
    /// <param name="name">For example <c>socket</c>.</param>
    public virtual object? GetExtraInfo(string name) => null;

    /// <summary>
    /// Takes over the transport: the caller gets its results, calls its operations by their rules, and closes it. <see cref="Connection.Attach(Transport, ConnectionOptions?)"/> does it for the streams;
    /// a transport that decorates another one does it for itself. Once, before the first operation.
    /// </summary>
    /// <param name="handler">Gets the results of pending operations.</param>
    /// <exception cref="InvalidOperationException">The transport was taken over already.</exception>
    public void Attach(ITransportHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (Handler != UnattachedHandler.Instance)
        {
            throw new InvalidOperationException(
                "This transport already carries a connection: one connection for each transport."
            );
        }

        Handler = handler;
    }
}
