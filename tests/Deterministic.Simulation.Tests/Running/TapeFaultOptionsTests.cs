using Deterministic.Core;
using Deterministic.Exploration;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>A tape knows the faults that it was recorded under, also those that were added to a profile.</summary>
public sealed class TapeFaultOptionsTests
{
    public static TheoryData<FaultProfile> Profiles =>
        [
            .. FaultProfiles.All,
            FaultProfiles.Calm.With(Fault.AbortAfter(1000).On("client", "server").AtMost(1)),
            FaultProfiles.LossyWan.With(Fault.Jitter(TimeSpan.Zero, TimeSpan.FromMilliseconds(100))),
            FaultProfiles.LossyWan with
            {
                Rules = [],
            },
            FaultProfiles.Chaos.Without(FaultKind.Loss) with
            {
                SwarmPerMille = 0,
            },
            FaultProfiles.Calm with
            {
                WindowBytes = 10,
                Latency = LatencyDistribution.Pareto(TimeSpan.FromMilliseconds(1), 1.5, TimeSpan.FromSeconds(1)),
            },
        ];

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_run_is_replayed_from_its_tape_file_alone(FaultProfile faults)
    {
        SimulationOptions options = new() { Faults = faults, Limits = World.Limits };
        for (ulong seed = 1; seed <= 5; seed++)
        {
            Tape tape = Saved(SimulationRunner.Run(new Talking(), seed, options).Tape);
            ReplayedRun replayed = SimulationRunner.Replay(new Talking(), tape);
            replayed.EndedAlike.ShouldBeTrue();
            replayed.TapeUsedUp.ShouldBeTrue();
            SimulationRunner.Replay(new Talking(), tape, options).EndedAlike.ShouldBeTrue();
        }
    }

    [Fact]
    public void A_known_profile_needs_no_more_than_its_name_and_the_time_that_its_rates_are_scaled_to()
    {
        foreach (FaultProfile profile in FaultProfiles.All)
        {
            TapeHeader header = Record(profile).Header;
            header
                .Options.Keys.Where(key => key.StartsWith("faults", StringComparison.Ordinal))
                .ShouldBe(profile.LacksCalmTime ? ["faults-calm-time"] : []);
            FaultProfile found = RunTape.FindFaults(header).ShouldNotBeNull();
            (found with { CalmTime = null }).ShouldBe(profile);
        }
    }

    [Fact]
    public void Rules_that_were_added_are_in_the_header_as_texts()
    {
        TapeHeader header = Record(FaultProfiles.Calm.With(Fault.Reset().WithProbability(5), Fault.ShortRead())).Header;
        header.Options["faults-rules"].ShouldBe("2");
        header.Options["faults-rule-001"].ShouldBe("reset p=5");
        header.Options["faults-rule-002"].ShouldBe("short-read");
    }

    [Fact]
    public void A_tape_of_other_rules_than_the_options_is_refused()
    {
        FaultProfile more = FaultProfiles.Calm.With(Fault.ShortRead());
        foreach (
            (FaultProfile recorded, FaultProfile given) in new[]
            {
                (more, FaultProfiles.Calm),
                (FaultProfiles.Calm, more),
            }
        )
        {
            Should
                .Throw<ArgumentException>(() =>
                    SimulationRunner.Replay(new Talking(), Record(recorded), new SimulationOptions { Faults = given })
                )
                .Message.ShouldContain("a profile 'calm' of other rules");
        }
    }

    [Theory]
    [InlineData("faults-rules", "two", "'two' is not a whole number.")]
    [InlineData("faults-rules", "2147483647", "there is no 'faults-rule-002'")]
    [InlineData("faults-rule-001", "rest", "There is no fault 'rest'.")]
    [InlineData("faults-window-bytes", "0", "must be a non-negative and non-zero value")]
    [InlineData("faults-swarm-per-mille", "1001", "1000")]
    [InlineData("faults-latency", "fast", "'fast' is not a distribution of latencies.")]
    public void A_header_that_makes_no_sense_is_refused_with_the_reason(string key, string value, string expected)
    {
        Tape tape = Record(FaultProfiles.Calm.With(Fault.ShortRead()));
        Dictionary<string, string> options = new(tape.Header.Options, StringComparer.Ordinal) { [key] = value };
        Tape altered = new(tape.Header with { Options = options }, tape.Choices);
        Should
            .Throw<FormatException>(() => SimulationRunner.Replay(new Talking(), altered))
            .Message.ShouldContain(expected);
    }

    [Fact]
    public void Of_a_profile_with_a_name_of_its_own_a_tape_holds_the_name_alone()
    {
        FaultProfile own = FaultProfiles.Calm.With(Fault.ShortRead()) with { Name = "my-own" };
        Tape tape = Record(own);
        RunTape.FindFaults(tape.Header).ShouldBeNull();
        SimulationRunner.Replay(new Talking(), tape, new SimulationOptions { Faults = own }).EndedAlike.ShouldBeTrue();
    }

    private static Tape Record(FaultProfile faults) =>
        SimulationRunner.Run(new Talking(), 1, new SimulationOptions { Faults = faults, Limits = World.Limits }).Tape;

    private static Tape Saved(Tape tape)
    {
        using StringWriter file = new();
        tape.Write(file);
        using StringReader back = new(file.ToString());
        return Tape.Parse(back);
    }

    /// <summary>Goes on for some seconds, whatever becomes of its connection.</summary>
    private sealed class Talking : Scenario
    {
        public override string Name => "talking";

        public override string Description => "a test";

        public override async Task RunAsync(ScenarioWorld world)
        {
            INetwork server = world.Host("server");
            await server.StartServerAsync(
                async (reader, writer) => writer.Write(await reader.ReadAsync(10)),
                port: 80,
                options: new ServerOptions { OnError = _ => { } }
            );
            for (int i = 0; i < 5; i++)
            {
                try
                {
                    Connection client = await world.Host("client").OpenConnectionAsync("server", 80);
                    client.Writer.Write(new byte[2000]);
                    await client.Reader.ReadAsync(10);
                    client.Abort();
                }
                catch (ConnectionException error)
                {
                    world.Note(error.Kind.ToString());
                }

                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
            }
        }
    }
}
