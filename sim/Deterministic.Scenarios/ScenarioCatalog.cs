using Deterministic.Simulation;

namespace Deterministic.Scenarios;

/// <summary>The scenarios of this package.</summary>
public static class ScenarioCatalog
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [new ChatScenario(), new BrokenChatScenario(), new EchoScenario()];

    /// <summary>The scenario of that name, or null.</summary>
    /// <param name="name">As in <see cref="Scenario.Name"/>; case matters.</param>
    public static Scenario? Find(string name) =>
        All.FirstOrDefault(scenario => string.Equals(scenario.Name, name, StringComparison.Ordinal));
}
