namespace Deterministic.Simulation.Tool;

/// <summary>Looks up scenarios by name.</summary>
internal sealed class ScenarioNames(IReadOnlyList<Scenario> scenarios)
{
    /// <summary>The scenario of that name, or null.</summary>
    public Scenario? Find(string name) =>
        scenarios.FirstOrDefault(scenario => string.Equals(scenario.Name, name, StringComparison.Ordinal));

    /// <exception cref="UsageException">There is no scenario of that name.</exception>
    public Scenario Get(string name) =>
        Find(name)
        ?? throw new UsageException(Names.Unknown("scenario", name, [.. scenarios.Select(scenario => scenario.Name)]));
}
