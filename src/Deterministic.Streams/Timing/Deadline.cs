namespace Deterministic.Streams.Timing;

/// <summary>A timer for one operation. Started at most once; a stop comes before, after or instead of the start, and leaves no timer.</summary>
/// <param name="time">The clock.</param>
/// <param name="expired">Called when it has passed, unless it was stopped before; it does not throw. It can still be running when a stop returns.</param>
internal sealed class Deadline(TimeProvider time, Action expired)
{
    private readonly object _gate = new();
    private DeadlineState _state;
    private ITimer? _timer;

    /// <summary>Whether it was started or stopped.</summary>
    public bool IsBegun
    {
        get
        {
            lock (_gate)
            {
                return _state != DeadlineState.Idle;
            }
        }
    }

    public void Start(TimeSpan span)
    {
        lock (_gate)
        {
            if (_state == DeadlineState.Idle)
            {
                _state = DeadlineState.Running;
                _timer = time.CreateTimer(
                    static state => ((Deadline)state!).Expire(),
                    this,
                    TimeOuts.ForTimer(span),
                    Timeout.InfiniteTimeSpan
                );
            }
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

    private void Expire()
    {
        lock (_gate)
        {
            // The timer may have rung just before it was disposed of.
            if (_state != DeadlineState.Running)
            {
                return;
            }

            _state = DeadlineState.Over;
            _timer?.Dispose();
            _timer = null;
        }

        expired();
    }
}
