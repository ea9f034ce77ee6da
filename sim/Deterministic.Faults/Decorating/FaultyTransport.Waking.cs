using Deterministic.Faults.Engine;
using Deterministic.Streams;

namespace Deterministic.Faults.Decorating;

/// <content>What happens when its time has come.</content>
internal sealed partial class FaultyTransport
{
    /// <summary>A timer of the system may go off a little early: asked again after this, it does not spin.</summary>
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(1);

    private ITimer? _timer;
    private LinkedListNode<FaultyTransport>? _waiting;
    private TimeSpan? _armedFor;

    /// <summary>Faults that last end, and what they held up continues.</summary>
    public void FaultsStopped()
    {
        lock (_gate)
        {
            _shutUntil = TimeSpan.Zero;
            SettleLocked();
            RearmOrRetireLocked();
        }

        NotifyLater();
    }

    /// <summary>Does all that can be done now.</summary>
    private void SettleLocked()
    {
        bool any;
        do
        {
            any = ReleaseOutgoingLocked();
            PumpLocked();
            any |= ReleaseIncomingLocked();
            any |= TakePendingSendLocked();
        } while (any);

        CompletePendingReceiveLocked();
        PumpLocked();
    }

    /// <summary>Sees to it that what waits is looked at when its time has come.</summary>
    private void RearmOrRetireLocked()
    {
        if (_program == ProgramHold.Closed && _innerState == InnerState.Gone)
        {
            RetireLocked();
            return;
        }

        TimeSpan? next = NextWake();
        if (next == _armedFor)
        {
            return;
        }

        _armedFor = next;
        if (next is { } time)
        {
            _waiting ??= _faults.Add(this);
            _timer ??= WakeTimer.Create(_faults.Time, _ => Wake());
            WakeTimer.Set(_timer, time - _faults.Now);
        }
    }

    private TimeSpan? NextWake()
    {
        TimeSpan? next = _innerState is InnerState.Open or InnerState.Leaving && IsSendableLocked ? _out.Wake : null;
        next = Earlier(next, _in.Wake);
        next = Earlier(next, _giveUpAt);
        return _shutUntil > _faults.Now ? Earlier(next, _shutUntil) : next;
    }

    private void Wake()
    {
        lock (_gate)
        {
            TimeSpan now = _faults.Now;
            if (_armedFor is { } time && time > now)
            {
                WakeTimer.Set(_timer!, time - now < LeastWait ? LeastWait : time - now);
                return;
            }

            _armedFor = null;
            if (_giveUpAt <= now)
            {
                GiveUpLocked();
            }

            SettleLocked();
            RearmOrRetireLocked();
        }

        Notify();
    }

    /// <summary>It is over.</summary>
    private void RetireLocked()
    {
        _timer?.Dispose();
        _timer = null;
        _armedFor = null;
        if (_waiting is { } waiting)
        {
            _waiting = null;
            _faults.Remove(waiting);
        }

        _faults.Names.Remove(_address, _host);
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;
}
