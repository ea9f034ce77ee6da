namespace Deterministic.Simulation.Programs;

/// <summary>Whether code of a scope still runs. There is no way back.</summary>
internal enum ScopeState
{
    /// <summary>It does.</summary>
    Alive,

    /// <summary>Its main function has ended; what it has started continues.</summary>
    Ended,

    /// <summary>Its host has crashed: nothing of it ever runs again.</summary>
    Dead,
}
