namespace Deterministic.Simulation.Disruptions;

/// <summary>Whether timed faults strike. There is no way back.</summary>
internal enum DisruptionSchedulerState
{
    /// <summary>There is no host yet.</summary>
    Idle,

    /// <summary>They strike when their time has come.</summary>
    Active,

    /// <summary>None strikes any more.</summary>
    Stopped,
}
