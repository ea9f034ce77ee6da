using System.Buffers;
using Deterministic.Core.Connecting;
using Deterministic.Core.Errors;

namespace Deterministic.Core;

/// <content>What a driver begins, and what it reports.</content>
public sealed partial class ConnectionMachine
{
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
}
