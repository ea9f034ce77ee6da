namespace Deterministic.Simulation.Disruptions;

/// <summary>What the nemesis is up to. There is no way back.</summary>
internal enum NemesisState
{
    /// <summary>There is nothing to strike yet.</summary>
    Idle,

    /// <summary>It waits for its next time.</summary>
    Striking,

    /// <summary>It never strikes again.</summary>
    Stopped,
}
