namespace Deterministic.Simulation;

/// <summary>How a simulated host stands.</summary>
public enum HostState
{
    /// <summary>It is up.</summary>
    Running,

    /// <summary>It is up, and its program is stopped: its kernel still acknowledges what there is room for.</summary>
    Paused,

    /// <summary>It is off: nothing of it is left but its files and its addresses, and nothing answers.</summary>
    Down,
}
