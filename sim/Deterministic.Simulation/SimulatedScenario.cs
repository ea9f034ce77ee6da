namespace Deterministic.Simulation;

/// <summary>A scenario for the simulated network alone: it crashes hosts, partitions links or sets clocks, which real sockets cannot do.</summary>
public abstract class SimulatedScenario : Scenario
{
    /// <summary>Plays the scenario to its end.</summary>
    /// <param name="world">Where.</param>
    /// <returns>Completes when all is done; an exception is a finding.</returns>
    public abstract Task RunAsync(SimulatedWorld world);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException"><paramref name="world"/> is not simulated.</exception>
    public sealed override Task RunAsync(ScenarioWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        return world is SimulatedWorld simulated
            ? RunAsync(simulated)
            : throw new NotSupportedException(
                $"The scenario '{Name}' needs the simulated network: it derives from {nameof(SimulatedScenario)}. Run it there, or derive it from {nameof(Scenario)}."
            );
    }
}
