using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Rates that are scaled to how long a program takes without faults.</summary>
public sealed class ScaledFaultTests
{
    private const int Seeds = 200;

    /// <summary>Before rates were scaled: 1 % of the runs of two seconds, 10 % of those of thirty.</summary>
    [Theory]
    [InlineData(0.2)]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(60)]
    public void Chaos_stops_the_hosts_of_short_programs_as_often_as_those_of_long_ones(double seconds)
    {
        IdleScenario scenario = new(TimeSpan.FromSeconds(seconds));
        SimulationOptions options = new() { Faults = FaultProfiles.Chaos, KeepTrace = true };
        int struck = Enumerable
            .Range(1, Seeds)
            .Select(seed => SimulationRunner.Run(scenario, (ulong)seed, options))
            .Count(run => run.Trace.Events.Any(one => one is { Kind: TraceKind.Fault, Text: "bounce" }));
        struck.ShouldBeInRange(Seeds / 8, Seeds / 2);
    }

    [Fact]
    public void A_rule_that_is_not_scaled_keeps_its_rate()
    {
        IdleScenario scenario = new(TimeSpan.FromSeconds(2));
        FaultProfile faults = FaultProfiles.Calm.With(
            Fault.Bounce(TimeSpan.FromMilliseconds(1)).Every(TimeSpan.FromSeconds(60))
        );
        Enumerable
            .Range(1, Seeds)
            .Select(seed => SimulationRunner.Run(scenario, (ulong)seed, new() { Faults = faults, KeepTrace = true }))
            .Count(run => run.Trace.Events.Any(one => one.Kind == TraceKind.Fault))
            .ShouldBeLessThan(Seeds / 20);
    }

    [Fact]
    public void The_time_without_faults_is_measured_once_for_a_scenario()
    {
        IdleScenario scenario = new(TimeSpan.FromSeconds(2));
        SimulationOptions options = new() { Faults = FaultProfiles.Chaos };
        for (ulong seed = 1; seed <= 10; seed++)
        {
            SimulationRunner.Run(scenario, seed, options);
        }

        scenario.Runs.ShouldBe(11);
    }

    [Fact]
    public void A_profile_without_scaled_rules_costs_no_run_more()
    {
        IdleScenario scenario = new(TimeSpan.FromSeconds(2));
        SimulationRunner.Run(scenario, 1, new() { Faults = FaultProfiles.Hostile });
        scenario.Runs.ShouldBe(1);
    }

    [Fact]
    public void A_tape_holds_the_time_so_that_its_replay_is_the_same_run()
    {
        IdleScenario scenario = new(TimeSpan.FromSeconds(2));
        SimulationRun run = SimulationRunner.Run(scenario, 7, new() { Faults = FaultProfiles.Chaos });
        FaultProfile faults = RunTape.FindFaults(run.Tape.Header).ShouldNotBeNull();
        faults.CalmTime.ShouldNotBeNull().TotalSeconds.ShouldBe(2, 0.1);
        ReplayedRun replayed = SimulationRunner.Replay(new IdleScenario(TimeSpan.FromSeconds(2)), run.Tape);
        replayed.EndedAlike.ShouldBeTrue();
        replayed.TapeUsedUp.ShouldBeTrue();
    }

    [Theory]
    [InlineData(60)]
    [InlineData(3600)]
    public void A_program_of_a_minute_or_more_meets_the_rates_as_they_are_written(int seconds)
    {
        FaultProfile faults = FaultProfiles.Chaos with { CalmTime = TimeSpan.FromSeconds(seconds) };
        IdleScenario scenario = new(TimeSpan.FromSeconds(5));
        for (ulong seed = 1; seed <= 20; seed++)
        {
            ulong scaled = SimulationRunner.Run(scenario, seed, new() { Faults = faults }).Trace.Hash;
            SimulatedWorld world = new(seed, FaultProfiles.Chaos);
            world.Run(() => scenario.RunAsync(world));
            world.Trace.Hash.ShouldBe(scaled);
        }
    }

    [Fact]
    public void Only_what_is_repeated_can_be_scaled()
    {
        Should.Throw<InvalidOperationException>(() => Fault.Reset().WithProbability(1).ScaledToRun());
        Should.Throw<FormatException>(() => FaultRule.Parse("reset p=1 scale=run"));
        Should
            .Throw<FormatException>(() => FaultRule.Parse("bounce every=1s scale=2 for=1s"))
            .Message.ShouldContain("scale=run");
        FaultRule
            .Parse("bounce every=1s scale=run for=1s")
            .ShouldBe(Fault.Bounce(TimeSpan.FromSeconds(1)).Every(TimeSpan.FromSeconds(1)).ScaledToRun());
    }

    /// <summary>Takes a time, with a program on a host that can be stopped.</summary>
    private sealed class IdleScenario(TimeSpan time) : Scenario
    {
        private int _runs;

        public int Runs => _runs;

        public override string Name => "idle";

        public override string Description => "waits";

        public override async Task RunAsync(ScenarioWorld world)
        {
            _runs++;
            world.StartHost("server", _ => Task.Delay(Timeout.InfiniteTimeSpan, world.TimeProvider));
            world.Host("client");
            await Task.Delay(time, world.TimeProvider);
        }
    }
}
