namespace Deterministic.Sockets.Tests;

/// <summary>A time that stands still until a timer is rung, and then is the time at which that was due.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _now;

    /// <summary>What each set timer waits for.</summary>
    public IReadOnlyList<TimeSpan> Due => [.. Set().Select(timer => timer.Due)];

    public override long GetTimestamp() => (long)(_now.TotalSeconds * TimestampFrequency);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(callback, state) { Due = dueTime };
        lock (_gate)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    /// <summary>Rings every set timer.</summary>
    public void Ring() => Ring(Set());

    /// <summary>Rings the set timers that wait for this.</summary>
    public void Ring(TimeSpan due) => Ring(Set().FindAll(timer => timer.Due == due));

    private void Ring(List<ManualTimer> timers)
    {
        if (timers.Count > 0)
        {
            _now += timers.Max(timer => timer.Due);
        }

        timers.ForEach(timer => timer.Ring());
    }

    private List<ManualTimer> Set()
    {
        lock (_gate)
        {
            return [.. _timers.Where(timer => timer.Due > TimeSpan.Zero)];
        }
    }

    private sealed class ManualTimer(TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime;
            return true;
        }

        public void Ring()
        {
            Due = Timeout.InfiniteTimeSpan;
            callback(state);
        }

        public void Dispose() => Due = Timeout.InfiniteTimeSpan;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
