using Deterministic.Faults.Engine;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Faults.Decorating;

/// <content>How it ends.</content>
internal sealed partial class FaultyTransport
{
    /// <summary>Whether the program waits for the close: one that lingers does.</summary>
    private bool _closeIsAwaited;

    public override TransportResult Close()
    {
        TransportResult result;
        lock (_gate)
        {
            result = CloseProgramLocked();
            RearmOrRetireLocked();
        }

        NotifyLater();
        return result;
    }

    public override void Abort()
    {
        lock (_gate)
        {
            EndPendingLocked();
            _program = ProgramHold.Closed;
            EndAwaitedCloseLocked(ClosedHere());
            if (MustStaySilentLocked)
            {
                StaySilentLocked();
            }
            else
            {
                AbortInnerLocked();
            }

            RearmOrRetireLocked();
        }

        NotifyLater();
    }

    public void CloseCompleted(TransportResult result)
    {
        lock (_gate)
        {
            if (_innerState == InnerState.Closing)
            {
                InnerClosedLocked(result);
            }
        }

        Notify();
    }

    /// <summary>
    /// As with a kernel the close is over for the program, and what it has sent still travels. A close that lingers is over once that of the transport below is.
    /// </summary>
    private TransportResult CloseProgramLocked()
    {
        if (_program == ProgramHold.Closed)
        {
            return TransportResult.Done;
        }

        EndPendingLocked();
        _program = ProgramHold.Closed;
        if (MustStaySilentLocked)
        {
            StaySilentLocked();
            return TransportResult.Done;
        }

        if (_innerState == InnerState.Gone)
        {
            return TransportResult.Done;
        }

        _innerState = InnerState.Leaving;

        // The lock is held, so that nothing is reported before this has returned.
        _closeIsAwaited = true;
        if (_linger == TimeSpan.Zero)
        {
            _out.Clear();
            CloseInnerLocked();
        }
        else
        {
            EndOutgoingLocked();
            SettleLocked();
        }

        if (_pendingResults.Close is { } result)
        {
            _pendingResults.Close = null;
            return result;
        }

        _closeIsAwaited = _innerState == InnerState.Closing || _linger is not null;
        return _closeIsAwaited ? TransportResult.Pending : TransportResult.Done;
    }

    /// <summary>The end of the stream that a close is travels too.</summary>
    private void EndOutgoingLocked()
    {
        if (_outgoing == OutgoingState.Open)
        {
            _out.EnterEnd();
        }
    }

    /// <summary>All has left.</summary>
    private void CloseInnerLocked()
    {
        _innerState = InnerState.Closing;
        TransportResult result = _inner.Close();
        if (result.Status != TransportStatus.Pending)
        {
            InnerClosedLocked(result);
        }
    }

    private void InnerClosedLocked(in TransportResult result)
    {
        _innerState = InnerState.Gone;
        RetireLocked();
        EndAwaitedCloseLocked(result);
    }

    /// <summary>A close that the program waits for is over.</summary>
    private void EndAwaitedCloseLocked(in TransportResult result)
    {
        if (_closeIsAwaited)
        {
            _closeIsAwaited = false;
            _pendingResults.Close = result;
        }
    }

    /// <summary>What is under way is lost. The caller reports it to the program.</summary>
    private void AbortInnerLocked()
    {
        _out.Clear();
        if (_innerState != InnerState.Gone)
        {
            _innerState = InnerState.Gone;
            _inner.Abort();
            EndAwaitedCloseLocked(TransportResult.Done);
        }
    }

    /// <summary>The program has closed: what it waits for ends.</summary>
    private void EndPendingLocked()
    {
        if (!_pendingReceive.IsEmpty)
        {
            _pendingReceive = default;
            _pendingResults.Receive = ClosedHere();
        }

        EndPendingSendLocked(ClosedHere());
        _in.Clear();
        _arrived.Clear();
    }
}
