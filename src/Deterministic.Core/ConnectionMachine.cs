using System.Buffers;
using Deterministic.Core.Connecting;
using Deterministic.Core.Errors;

namespace Deterministic.Core;

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
/// </remarks>
public sealed class ConnectionMachine
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

    /// <summary>How the connection stands.</summary>
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

    /// <summary>Command: takes bytes for sending. After <see cref="Close()"/> or a loss they are dropped without a word: clause W-LOST-01.</summary>
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

    /// <summary>Command: as <see cref="Close()"/>, but the connection counts as lost: whoever waits for its end, and the reader, get the error. For a failure above a transport that still works.</summary>
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

    /// <summary>Command: as <see cref="Abort()"/>, but the connection counts as lost: whoever waits for its end, and the reader, get the error. For a time-out of this side: clauses W-CLOSE-06, S-IDLE-01.</summary>
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

    /// <summary>Polled output: lends memory for one receive, unless reading is paused, ended or over, or a receive is under way.</summary>
    /// <param name="memory">The driver's until it reports the result.</param>
    /// <param name="atLeast">The least number of bytes that is of use to the driver; 0 leaves the size to the machine.</param>
    public bool TryBeginReceive(out Memory<byte> memory, int atLeast = 0)
    {
        bool due = Receiving == ReceiveState.Idle && State == ConnectionState.Open && !Reader.IsPaused;
        memory = due ? Reader.Reserve(atLeast) : default;
        Receiving = due ? ReceiveState.Receiving : Receiving;
        return due;
    }

    /// <summary>Polled output: takes everything queued for one send.</summary>
    /// <param name="data">Valid until the result is reported.</param>
    public bool TryBeginSend(out ReadOnlySequence<byte> data)
    {
        data = default;
        return State is ConnectionState.Open or ConnectionState.Flushing && Writer.TryBeginSend(out data);
    }

    /// <summary>Polled output: whether a write may be sent straight from the caller's memory. No other write may be made until <see cref="SentDirect"/>.</summary>
    public bool TryBeginDirectSend() => State == ConnectionState.Open && Writer.TryBeginDirect();

    /// <summary>Polled output: whether the driver must end its half of the transport.</summary>
    public bool TryBeginShutdownWrite() => State == ConnectionState.Open && Writer.TryBeginEnd();

    /// <summary>Polled output: whether the driver must close the transport. An abort while it does so makes this true again.</summary>
    /// <param name="abort">Reset it rather than close it in order.</param>
    public bool TryBeginClose(out bool abort)
    {
        abort = State == ConnectionState.Aborting;
        bool due = abort || State == ConnectionState.Closing;
        if (due)
        {
            Move(ConnectionInput.Disconnect);
        }

        return due;
    }

    /// <summary>Input: ends a receive. What arrives after a close is dropped: clause W-CLOSE-02.</summary>
    /// <param name="count">Bytes received; at least 1.</param>
    public void Received(int count)
    {
        EndReceive(ReceiveState.Idle);
        Reader.Received(State == ConnectionState.Open ? count : 0);
    }

    /// <summary>Input: ends a receive; the peer has ended its half. Ours stays open: clause W-HALF-01.</summary>
    public void ReceivedEof()
    {
        EndReceive(ReceiveState.Ended);
        Reader.Received(0);
        if (State == ConnectionState.Open)
        {
            Reader.ReceivedEof();
        }
    }

    /// <summary>Input: ends a receive that yielded nothing, because the transport was closed under it.</summary>
    public void ReceiveAborted()
    {
        EndReceive(ReceiveState.Idle);
        Reader.Received(0);
    }

    /// <summary>Input: ends a send; the transport took <paramref name="count"/> bytes.</summary>
    /// <param name="count">Bytes taken; 0 if none.</param>
    public void Sent(long count)
    {
        if (State is ConnectionState.Open or ConnectionState.Flushing)
        {
            Writer.Sent(count);
            FinishFlush();
        }
    }

    /// <summary>Input: ends a direct send.</summary>
    /// <param name="rest">What the transport did not take; it is queued.</param>
    public void SentDirect(ReadOnlySpan<byte> rest)
    {
        Writer.SentDirect(State is ConnectionState.Open or ConnectionState.Flushing ? rest : []);
        FinishFlush();
    }

    /// <summary>Input: the transport takes no more for now; the high watermark is tested. Clause W-WM-04.</summary>
    public void SendBlocked() => Writer.Blocked();

    /// <summary>Input: our half of the transport is ended.</summary>
    public void ShutdownWriteDone() => Writer.EndSent();

    /// <summary>Input: an operation of the transport failed. What is queued is dropped; the error surfaces once the transport is gone: clause W-LOST-05.</summary>
    /// <param name="error">Why; the first one counts.</param>
    public void Failed(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (Lose(error))
        {
            Abort(ClosedBy.Failure);
        }
    }

    /// <summary>Input: the transport is gone. The reader sees end of file, or the error: clauses W-CLOSE-04, W-WAIT-03, P-12.</summary>
    /// <param name="error">Why the close itself failed, if it did; an error before it counts more.</param>
    public void Disconnected(Exception? error = null)
    {
        if (State == ConnectionState.Closed)
        {
            return;
        }

        _lost ??= error;
        End(ClosedBy.Failure);
        Move(ConnectionInput.Disconnected);
        Writer.Discard();
        if (_lost is null)
        {
            Reader.ReceivedEof();
        }
        else
        {
            Reader.Failed(_lost);
        }
    }

    /// <summary>What fails once everything is sent costs nothing any more: an operation that a close cut short, for one.</summary>
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

    private void End(ClosedBy by) => ClosedBy = ClosedBy == ClosedBy.Nobody ? by : ClosedBy;

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
