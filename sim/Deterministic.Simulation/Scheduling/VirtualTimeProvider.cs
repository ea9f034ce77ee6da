namespace Deterministic.Simulation.Scheduling;

/// <summary>
/// Virtual time as programs see it: <c>Task.Delay</c>, <c>PeriodicTimer</c>, <c>CancellationTokenSource</c> and <c>WaitAsync</c>
/// all take it. It moves only when nothing can run, and then straight to what is due next. The time zone is UTC.
/// </summary>
/// <remarks>
/// For the simulator's thread; elsewhere every member throws <see cref="SimulationEscapeException"/>, and the run stops. Ticks of
/// timers are items of the world: they run with no current synchronization context.
/// </remarks>
public sealed class VirtualTimeProvider : TimeProvider
{
    private readonly HostClock _clock;

    /// <summary>The time of a scheduler.</summary>
    /// <param name="scheduler">The scheduler of that time.</param>
    /// <param name="owner">The owner of its timers, such as a host's name.</param>
    public VirtualTimeProvider(SimulationScheduler scheduler, string owner = "main")
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentNullException.ThrowIfNull(owner);
        _clock = new HostClock(scheduler, owner);
    }

    /// <summary>The time of a host.</summary>
    internal VirtualTimeProvider(HostClock clock) => _clock = clock;

    /// <summary>The date at virtual time zero: the same in every run, and plainly not today's.</summary>
    public static DateTimeOffset Epoch { get; } = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Ten million: a timestamp counts ticks of 100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>UTC, wherever the simulation runs.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary><see cref="Epoch"/> plus the virtual time that has passed, as the host's wall clock has it.</summary>
    public override DateTimeOffset GetUtcNow()
    {
        _clock.VerifyAccess("TimeProvider.GetUtcNow");
        return _clock.UtcNow;
    }

    /// <summary>The virtual time that has passed, in ticks of 100 ns, as the host measures it. Never goes back.</summary>
    public override long GetTimestamp()
    {
        _clock.VerifyAccess("TimeProvider.GetTimestamp");
        return _clock.Timestamp;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A span is negative and not infinite, or longer than 49.7 days.</exception>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        TimerArguments.Check(dueTime);
        TimerArguments.Check(period);
        _clock.VerifyAccess("TimeProvider.CreateTimer");
        var timer = new VirtualTimer(_clock, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
