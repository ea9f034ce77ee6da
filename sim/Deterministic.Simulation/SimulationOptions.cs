using Deterministic.Faults;

namespace Deterministic.Simulation;

/// <summary>How a scenario is run in a simulation.</summary>
public sealed record SimulationOptions
{
    /// <summary>How the network behaves.</summary>
    public FaultProfile Faults { get; init; } = FaultProfiles.LossyWan;

    /// <summary>Whether the trace keeps its events, not just their hash.</summary>
    public bool KeepTrace { get; init; }

    /// <summary>Where the packets are written; null for nowhere. It serves one run.</summary>
    public PacketCapture? Capture { get; init; }

    /// <summary>
    /// Whether a run that threw anything but lost connections ends with a garbage collection, to find tasks that failed without anybody looking:
    /// <see cref="BuiltInProperties.NoUnobservedFailure"/>. It costs such a run a few milliseconds. True, and <see cref="RunLimits.WatchTasks"/> must be so too.
    /// </summary>
    public bool WatchTasks { get; init; } = true;

    /// <summary>
    /// Whether a run that does not end is made a second time, to report who waits for what: <see cref="Finding.Waiters"/>. On by default; a search through many failing runs
    /// switches it off. Runs that end pay nothing.
    /// </summary>
    public bool ExplainWaits { get; init; } = true;

    /// <summary>
    /// Where a run is given up: two million steps and six virtual hours are far beyond what a scenario of some hundred messages takes,
    /// and reached within seconds.
    /// </summary>
    public RunLimits Limits { get; init; } =
        new()
        {
            Steps = 2_000_000,
            VirtualTime = TimeSpan.FromHours(6),
            EscapeGrace = TimeSpan.FromMilliseconds(100),
        };
}
