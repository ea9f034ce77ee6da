namespace Deterministic.Simulation.Programs;

/// <summary>What moves a <see cref="HostState"/>.</summary>
internal enum HostInput
{
    /// <summary>It is switched on.</summary>
    Start,

    /// <summary>Its program is stopped.</summary>
    Pause,

    /// <summary>Its program continues.</summary>
    Resume,

    /// <summary>It is gone at once.</summary>
    Crash,
}
