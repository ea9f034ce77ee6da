namespace Deterministic.Simulation.Programs;

/// <summary>The whole of how <see cref="HostState"/> changes. What makes no sense changes nothing, so that faults may come in any order.</summary>
internal static class HostTransitions
{
    // Columns: Start, Pause, Resume, Crash.
    private static readonly HostState[,] Table =
    {
        /* Running */{ HostState.Running, HostState.Paused, HostState.Running, HostState.Down },
        /* Paused  */{ HostState.Paused, HostState.Paused, HostState.Running, HostState.Down },
        /* Down    */{ HostState.Running, HostState.Down, HostState.Down, HostState.Down },
    };

    public static HostState After(HostState state, HostInput input) => Table[(int)state, (int)input];
}
