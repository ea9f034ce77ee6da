using System.Buffers;
using Deterministic.Core.Connecting;
using Deterministic.Core.Errors;

namespace Deterministic.Core;

// Map of this project: ConnectionMachine joins ReaderMachine and WriterMachine; read those three first. Their states are enums, their transition
// tables ConnectionTransitions (Connecting) and ReaderTransitions (Reading). Buffers is their memory, Searching and SeparatorSet find separators.

/// <summary>
/// A connection: a reader and a writer joined by the close handshake. It decides what the driver may begin, and what each result means.
/// Not thread-safe: its owner serialises calls.
/// </summary>
/// <remarks>
/// <para>Commands from the user: <see cref="Admit"/>, <see cref="Write"/>, <see cref="WriteEof"/>, <see cref="Close()"/>, <see cref="Abort()"/>, <see cref="Drain"/>; reads go to <see cref="Reader"/>.</para>
/// <para>
/// Polled outputs, after every command and input, until none has anything to begin: <see cref="TryBeginSend"/> (and <see cref="TryBeginDirectSend"/>),
/// <see cref="TryBeginShutdownWrite"/>, <see cref="TryBeginClose"/>, <see cref="TryBeginReceive"/>. Each that returns true is one operation for the driver.
/// </para>
/// <para>Inputs from the driver, one for each operation begun: <see cref="Sent"/>, <see cref="SentDirect"/>, <see cref="SendBlocked"/>, <see cref="ShutdownWriteDone"/>,
/// <see cref="Received"/>, <see cref="ReceivedEof"/>, <see cref="Failed"/>, <see cref="Disconnected"/>.</para>
/// <para>Getters: all else.</para>
/// <para>
/// Theory: the machine does no input or output, so it can be driven by sockets, a simulation or a test alike. An operation that it begins is lent memory until its result is
/// reported. How it ends is one state, <see cref="ConnectionState"/>, whose transitions are the table <c>ConnectionTransitions</c>; the halves have states of their own.
/// </para>
/// </remarks>
public sealed partial class ConnectionMachine
{
    private readonly UnsentOverflow _overflow;
    private Exception? _lost;

    /// <summary>An open connection.</summary>
    /// <param name="limit">The reader's limit in bytes.</param>
    /// <param name="limits">The writer's watermarks.</param>
    /// <param name="pool">Where buffers come from; the shared pool if null.</param>
    /// <param name="maxUnsentBytes">The most bytes that <see cref="Admit"/> lets be queued; null for no bound.</param>
    /// <param name="overflow">What <see cref="Admit"/> does at that bound.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> or <paramref name="maxUnsentBytes"/> is not positive.</exception>
    public ConnectionMachine(
        int limit,
        WriteBufferLimits limits,
        ArrayPool<byte>? pool = null,
        long? maxUnsentBytes = null,
        UnsentOverflow overflow = UnsentOverflow.FailWrite
    )
    {
        Reader = new ReaderMachine(limit, pool);
        Writer = new WriterMachine(limits, pool, maxUnsentBytes);
        _overflow = overflow;
    }

    /// <summary>The receiving half.</summary>
    public ReaderMachine Reader { get; }

    /// <summary>The sending half.</summary>
    public WriterMachine Writer { get; }

    /// <summary>The state of the connection.</summary>
    public ConnectionState State { get; private set; }

    /// <summary>Who ended it: set when the state leaves <see cref="ConnectionState.Open"/>, and never changed.</summary>
    public ClosedBy ClosedBy { get; private set; }

    /// <summary>What the driver does about receiving.</summary>
    public ReceiveState Receiving { get; private set; }

    /// <summary>Whether it is closed or on the way there: clause W-CLOSE-01.</summary>
    public bool IsClosing => State != ConnectionState.Open;

    /// <summary>What a failed drain or a wait for the close raises, or null: clauses W-WAIT-01, W-WAIT-05.</summary>
    public Exception? LostError => State == ConnectionState.Closed ? _lost : null;

    /// <summary>What a failed drain raises: the stored exception, else that the connection is lost. Clauses W-DRAIN-01, W-DRAIN-03.</summary>
    public Exception DrainError =>
        Reader.Error ?? new ConnectionException(ConnectionErrorKind.Reset, "Connection lost");

    /// <summary>Why <see cref="Admit"/> has aborted the connection; null if it has not.</summary>
    public ConnectionException? OverflowError { get; private set; }

    /// <summary>
    /// Command: asks for room for one write, before <see cref="TryBeginDirectSend"/> and <see cref="Write"/>. Whether there is depends on what is queued and not on what the transport would
    /// take at once, so that a write is taken whole or not at all: clauses W-MAX-01, W-MAX-02. Nothing happens on a connection that is closing: its writes are dropped.
    /// </summary>
    /// <param name="count">How many bytes; not negative.</param>
    /// <exception cref="InvalidOperationException">There is no room, and <see cref="UnsentOverflow.FailWrite"/> was chosen: nothing has changed. With <see cref="UnsentOverflow.AbortConnection"/> the connection is lost instead.</exception>
    public void Admit(long count)
    {
        if (State != ConnectionState.Open || Writer.HasRoomFor(count))
        {
            return;
        }

        if (_overflow == UnsentOverflow.FailWrite)
        {
            ThrowHelper.NoRoomToWrite(count, Writer.Buffered, Writer.MaxUnsentBytes, Writer.RoomAfterDrain);
        }

        OverflowError = new ConnectionException(
            ConnectionErrorKind.Aborted,
            $"The peer takes data too slowly: {Writer.Buffered} bytes were unsent, and {count} more are over the bound of {Writer.MaxUnsentBytes} (MaxUnsentBytes). The connection was aborted."
        );
        Failed(OverflowError);
    }

    /// <summary>Command: takes bytes for sending. After <see cref="Close()"/> or a loss they are dropped silently: clause W-LOST-01.</summary>
    /// <param name="data">The bytes; the caller keeps the memory.</param>
    /// <exception cref="InvalidOperationException">The end of the stream was written already, even if <paramref name="data"/> is empty.</exception>
    public void Write(ReadOnlySpan<byte> data)
    {
        Writer.ThrowIfEnded();
        if (State == ConnectionState.Open)
        {
            Writer.Write(data);
        }
    }

    /// <summary>Command: ends our half once everything queued is sent. A no-op when repeated or after a close: clauses W-EOF-02, W-EOF-03.</summary>
    public void WriteEof()
    {
        if (State == ConnectionState.Open)
        {
            Writer.WriteEof();
        }
    }

    /// <summary>Command: stops receiving, sends what is queued, then closes. Idempotent: clauses W-CLOSE-01 to W-CLOSE-03.</summary>
    public void Close() => Close(ClosedBy.ThisSide);

    /// <summary>Command: as <see cref="Close()"/>, but the connection counts as lost: waits for its end, and the reader, get the error. For a failure above a transport that still works.</summary>
    /// <param name="error">Why; the first one counts.</param>
    public void Close(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Lose(error);
        Close(ClosedBy.Failure);
    }

    /// <summary>Command: as <see cref="Close()"/>, because the peer has ended its half and the connection does not outlive that: clause P-11.</summary>
    public void CloseAfterPeer() => Close(ClosedBy.Peer);

    /// <summary>Command: drops what is queued and resets the connection, also one that is being closed in order. Clause W-ABORT-01.</summary>
    public void Abort() => Abort(ClosedBy.ThisSide);

    /// <summary>Command: as <see cref="Abort()"/>, but the connection counts as lost: waits for its end, and the reader, get the error. For a time-out of this side: clauses W-CLOSE-06, S-IDLE-01.</summary>
    /// <param name="error">Why; the first one counts.</param>
    public void Abort(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (State != ConnectionState.Closed)
        {
            _lost ??= error;
        }

        Abort(ClosedBy.Failure);
    }

    /// <summary>Command and polled output: whether <c>drain</c> must wait. Ask again after each input while it does.</summary>
    public DrainStatus Drain() =>
        Reader.Error is not null || State == ConnectionState.Closed ? DrainStatus.Failed
        : Writer.IsPaused ? DrainStatus.Pending
        : DrainStatus.Completed;

    /// <summary>A failure after everything is sent loses nothing: for example, of an operation that a close cut short.</summary>
    private bool Lose(Exception error)
    {
        bool loses = State is ConnectionState.Open or ConnectionState.Flushing;
        if (loses)
        {
            _lost ??= error;
        }

        return loses;
    }

    private void Close(ClosedBy by)
    {
        End(by);
        Move(ConnectionInput.Close);
        FinishFlush();
    }

    private void Abort(ClosedBy by)
    {
        End(by);
        Move(ConnectionInput.Abort);
        DiscardIfAborting();
    }

    private void End(ClosedBy by) => ClosedBy = ClosedBy == ClosedBy.None ? by : ClosedBy;

    private void FinishFlush()
    {
        if (State == ConnectionState.Flushing && Writer.Buffered == 0 && Writer.Sending == SendState.Idle)
        {
            Move(ConnectionInput.Flushed);
        }
    }

    private void DiscardIfAborting()
    {
        if (State == ConnectionState.Aborting)
        {
            Writer.Discard();
        }
    }

    private void EndReceive(ReceiveState next)
    {
        if (Receiving != ReceiveState.Receiving)
        {
            ThrowHelper.NotReceiving();
        }

        Receiving = next;
    }

    private void Move(ConnectionInput input) => State = ConnectionTransitions.After(State, input);
}
