namespace Deterministic.Streams.Tests;

/// <summary>A time in 2026 that moves only when the test moves it.</summary>
internal sealed class TestTime : TimeProvider
{
    private readonly List<TestTimer> _timers = [];

    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public TimeSpan Passed { get; private set; }

    /// <summary>Timers that still will ring.</summary>
    public int Set => _timers.Count;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start + Passed;

    public override long GetTimestamp() => Passed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // As the machine's: a timer counts to 49 days, and refuses more.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime, TimeSpan.FromMilliseconds(uint.MaxValue - 1));
        TestTimer timer = new(this, callback, state) { Due = Passed + dueTime };
        _timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan span)
    {
        Passed += span;
        foreach (TestTimer timer in _timers.Where(timer => timer.Due <= Passed).ToList())
        {
            timer.Ring();
        }
    }

    private sealed class TestTimer(TestTime time, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time._timers.Remove(this);
            Due = time.Passed + dueTime;
            time._timers.Add(this);
            return true;
        }

        public void Ring()
        {
            if (time._timers.Remove(this))
            {
                callback(state);
            }
        }

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
