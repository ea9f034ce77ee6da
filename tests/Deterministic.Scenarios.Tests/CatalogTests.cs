using Deterministic.Simulation;

namespace Deterministic.Scenarios.Tests;

public sealed class CatalogTests
{
    [Fact]
    public void Scenarios_are_found_by_their_names_which_differ()
    {
        ScenarioCatalog.All.Select(scenario => scenario.Name).ShouldBeUnique();
        foreach (Scenario scenario in ScenarioCatalog.All)
        {
            ScenarioCatalog.Find(scenario.Name).ShouldBeSameAs(scenario);
            scenario.Description.ShouldNotBeEmpty();
        }

        ScenarioCatalog.Find("Chat").ShouldBeNull();
    }
}
