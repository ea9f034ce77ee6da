namespace Deterministic.Simulation;

/// <summary>Where a run ends that doesn't end by itself. Each is counted from the start of that run.</summary>
public sealed record RunLimits
{
    /// <summary>The limits of a run that is given none.</summary>
    public static RunLimits Default { get; } = new();

    /// <summary>Items that may run. By default 50 million: a livelock is then reported within seconds.</summary>
    public long Steps { get; init; } = 50_000_000;

    /// <summary>Virtual time that may pass. By default a day: longer than any protocol's time-outs and keep-alives.</summary>
    public TimeSpan VirtualTime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Real time that a run which is about to report a deadlock or a limit still gives a foreign thread to show itself, since work
    /// that went astray (to the thread pool, say) is the likeliest cause and the better report. By default 50 ms; a search through
    /// many failing runs sets <see cref="TimeSpan.Zero"/>. A run that completes never waits.
    /// </summary>
    public TimeSpan EscapeGrace { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Real time for which one item may keep its thread waiting before it is interrupted and the run stops with an error. By default 5 s; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// Most waits are refused at once; this is for those that can't be: see <c>escapes.md</c>.
    /// </summary>
    public TimeSpan BlockingGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Real time that one item may take. If it takes longer, as a loop without an <c>await</c> does, the process ends with a message that has the seed, the step, the host and the method: .NET
    /// can't stop a thread that does not wait, and the search would hang without a message. By default 30 s; <see cref="Timeout.InfiniteTimeSpan"/> for no limit. None applies while a
    /// debugger is attached.
    /// </summary>
    public TimeSpan ItemTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Called with the message about an item that exceeds <see cref="ItemTime"/>, instead of <see cref="Environment.FailFast(string)"/>: on a thread of the simulator's own, once for a run.
    /// It should end the process. Null by default.
    /// </summary>
    public Action<string>? OnEndlessItem { get; init; }

    /// <summary>
    /// Whether a run that ends in a deadlock or at a limit says who waits for what: <see cref="RunResult.Waiters"/>. Off by default: listening makes a run several times slower.
    /// It changes nothing else about the run, so a run can be made again to be explained.
    /// </summary>
    public bool ExplainWaits { get; init; }

    /// <summary>
    /// Whether a run of a <see cref="SimulatedWorld"/> that threw anything but lost connections ends with a garbage collection, to find tasks that failed and were not awaited:
    /// <see cref="BuiltInProperties.NoUnobservedFailure"/>. It costs such a run a few milliseconds, and any other run nothing. True.
    /// </summary>
    public bool WatchTasks { get; init; } = true;
}
