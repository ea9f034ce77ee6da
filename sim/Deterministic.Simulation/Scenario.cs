namespace Deterministic.Simulation;

/// <summary>A protocol at work, written once, to be run in any world: simulated under faults, or on real sockets.</summary>
/// <remarks>
/// Everything that a scenario does goes through the <see cref="ScenarioWorld"/> that it is handed: hosts, time and randomness. Each run gets a new one;
/// the scenario object itself is shared between runs, also between threads, and so keeps no state.
/// </remarks>
public abstract class Scenario
{
    /// <summary>Its name on command lines and in tapes.</summary>
    public abstract string Name { get; }

    /// <summary>What it does and what must hold, in one line.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// The names with which <see cref="ScenarioWorld.Reachable"/> is called in at least one of many runs: a line that is never reached cannot say so itself. None by default.
    /// </summary>
    public virtual IReadOnlyList<string> Reachable => [];

    /// <summary>Plays the scenario to its end.</summary>
    /// <param name="world">Where.</param>
    /// <returns>Completes when all is done; an exception is a finding.</returns>
    public abstract Task RunAsync(ScenarioWorld world);
}
