namespace Deterministic.Sockets.Tests;

/// <summary>A time that stands still, with timers that ring when told to.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];

    /// <summary>What each set timer waits for.</summary>
    public IReadOnlyList<TimeSpan> Due =>
        [.. _timers.Where(timer => timer.Due > TimeSpan.Zero).Select(timer => timer.Due)];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(callback, state) { Due = dueTime };
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Rings every set timer.</summary>
    public void Ring() => _timers.Where(timer => timer.Due > TimeSpan.Zero).ToList().ForEach(timer => timer.Ring());

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
