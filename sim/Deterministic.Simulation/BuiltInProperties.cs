using Deterministic.Faults;

namespace Deterministic.Simulation;

/// <summary>What every run of a world is held to.</summary>
public static class BuiltInProperties
{
    /// <summary>The test or scenario, the programs of hosts, and callbacks of timers end without an exception.</summary>
    public const string NoException = "no-exception";

    /// <summary>No handler of a server throws, nor a callback for its failures; lost connections aside, see <see cref="ScenarioWorld.ReportsLostConnections"/>.</summary>
    public const string NoHandlerError = "no-handler-error";

    /// <summary>No part of the program waits forever for something that cannot happen.</summary>
    public const string NoDeadlock = "no-deadlock";

    /// <summary>The run ends within its limit of steps.</summary>
    public const string NoLivelock = "no-livelock";

    /// <summary>The run ends within its limit of virtual time.</summary>
    public const string EndsInTime = "ends-in-time";

    /// <summary>Nothing of the program leaves the simulator's thread.</summary>
    public const string NothingEscapes = "nothing-escapes";

    /// <summary>No byte is lost, duplicated or reordered on a live stream, unless a fault of <see cref="FaultGroup.Integrity"/> was asked for.</summary>
    public const string StreamIntact = "stream-intact";

    /// <summary>What a connection keeps stays within its limit and its watermarks: who writes without draining does not hold to that.</summary>
    public const string MemoryBounded = "memory-bounded";

    /// <summary>No task fails without anybody looking at it; lost connections aside, see <see cref="ScenarioWorld.ReportsLostConnections"/>.</summary>
    public const string NoUnobservedFailure = "no-unobserved-failure";

    /// <summary>What must happen in some run happens in one of many: <see cref="SometimesResults"/>.</summary>
    public const string SeenSometime = "seen-sometime";

    /// <summary>The simulator itself does not fail. If it does, the finding says nothing about the program: <see cref="SimulatorException"/>.</summary>
    public const string SimulatorError = "simulator-error";

    /// <summary>A replayed run asks for the choices that its tape holds.</summary>
    public const string TapeFits = "tape-fits";

    /// <summary>All of the above.</summary>
    internal static IReadOnlySet<string> All { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            NoException,
            NoHandlerError,
            NoDeadlock,
            NoLivelock,
            EndsInTime,
            NothingEscapes,
            StreamIntact,
            MemoryBounded,
            NoUnobservedFailure,
            SeenSometime,
            SimulatorError,
            TapeFits,
        };
}
