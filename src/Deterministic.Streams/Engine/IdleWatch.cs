using Deterministic.Streams.Timing;

namespace Deterministic.Streams.Engine;

/// <summary>Measures how long nothing has moved. One timer, set anew only when it rings early, so that moving bytes costs a look at the clock and nothing else.</summary>
/// <param name="time">The clock.</param>
/// <param name="timeout">How long nothing may move.</param>
/// <param name="ring">Called when the time may be up; asks <see cref="Left"/>, and then either ends what is watched or calls <see cref="Wait"/>. Can come just after a stop.</param>
internal sealed class IdleWatch(TimeProvider time, TimeSpan timeout, Action ring)
{
    private readonly object _gate = new();
    private long _moved = time.GetTimestamp();
    private DeadlineState _state;
    private ITimer? _timer;

    /// <summary>How long nothing may move.</summary>
    public TimeSpan Timeout => timeout;

    /// <summary>How long nothing may move from now on; zero or less once the time is up.</summary>
    public TimeSpan Left => timeout - time.GetElapsedTime(_moved);

    /// <summary>Bytes have moved. Calls of this and of <see cref="Left"/> are serialised by the owner.</summary>
    public void Moved() => _moved = time.GetTimestamp();

    /// <summary>Rings after so long, unless it was stopped.</summary>
    public void Wait(TimeSpan span)
    {
        lock (_gate)
        {
            if (_state == DeadlineState.Over)
            {
                return;
            }

            if (_state == DeadlineState.Idle)
            {
                _state = DeadlineState.Running;
                _timer = time.CreateTimer(
                    static state => ((IdleWatch)state!).Ring(),
                    this,
                    TimeOuts.ForTimer(span),
                    System.Threading.Timeout.InfiniteTimeSpan
                );
                return;
            }

            _timer!.Change(TimeOuts.ForTimer(span), System.Threading.Timeout.InfiniteTimeSpan);
        }
    }

    public void Stop()
    {
        lock (_gate)
        {
            _state = DeadlineState.Over;
            _timer?.Dispose();
            _timer = null;
        }
    }

    private void Ring() => ring();
}
