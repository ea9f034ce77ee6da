namespace Deterministic.Simulation.Tool;

/// <summary>The scenarios that can be asked for, by name.</summary>
internal sealed class ScenarioNames(IReadOnlyList<Scenario> scenarios)
{
    /// <summary>Null if there is none of that name.</summary>
    public Scenario? Find(string name) =>
        scenarios.FirstOrDefault(scenario => string.Equals(scenario.Name, name, StringComparison.Ordinal));

    /// <exception cref="UsageException">There is none of that name.</exception>
    public Scenario Get(string name) =>
        Find(name)
        ?? throw new UsageException(Names.Unknown("scenario", name, [.. scenarios.Select(scenario => scenario.Name)]));
}
