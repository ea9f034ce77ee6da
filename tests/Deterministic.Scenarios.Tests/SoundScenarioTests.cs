using Deterministic.Faults;
using Deterministic.Simulation;

namespace Deterministic.Scenarios.Tests;

public sealed class SoundScenarioTests
{
    private const ulong Seeds = 300;

    public static TheoryData<string, string> SoundOnEveryNetwork
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string scenario in new[] { "chat", "echo" })
            {
                foreach (FaultProfile profile in FaultProfiles.All)
                {
                    data.Add(scenario, profile.Name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(SoundOnEveryNetwork))]
    public void A_sound_scenario_holds_on_every_network(string name, string faults)
    {
        Scenario scenario = ScenarioCatalog.Find(name).ShouldNotBeNull();
        SimulationOptions options = new() { Faults = FaultProfiles.Find(faults).ShouldNotBeNull() };
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            SimulationRun run = SimulationRunner.Run(scenario, seed, options);
            run.Finding.ShouldBeNull($"{name}, {faults}, seed {seed}: {run.Finding}");
        }
    }

    [Fact]
    public void Hostile_runs_do_lose_connections_and_calm_ones_do_not()
    {
        Resets(FaultProfiles.Hostile).ShouldBeGreaterThan(0);
        Resets(FaultProfiles.LossyWan).ShouldBe(0);
        Resets(FaultProfiles.Calm).ShouldBe(0);

        static int Resets(FaultProfile faults)
        {
            SimulationOptions options = new() { Faults = faults, KeepTrace = true };
            return Enumerable
                .Range(1, 50)
                .Select(seed => SimulationRunner.Run(new ChatScenario(), (ulong)seed, options))
                .Sum(run =>
                    run.Trace.Events.Count(happened => happened.Kind == TraceKind.Fault && happened.Text == "reset")
                );
        }
    }
}
