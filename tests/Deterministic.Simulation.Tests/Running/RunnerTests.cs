using Deterministic.Exploration;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

public sealed class RunnerTests
{
    private static readonly SimulationOptions Quick = new() { Faults = FaultProfiles.Calm, Limits = World.Limits };

    public static TheoryData<string, Func<ScenarioWorld, Task>> Failures { get; } =
        new()
        {
            { BuiltInProperties.NoException, _ => throw new InvalidOperationException("at once") },
            { BuiltInProperties.NoException, ThrowLater },
            { BuiltInProperties.NoDeadlock, _ => new TaskCompletionSource().Task },
            { BuiltInProperties.NoLivelock, SpinAsync },
            {
                BuiltInProperties.EndsInTime,
                world =>
                    Task.Delay(TimeSpan.FromDays(49), world.TimeProvider)
                        .ContinueWith(
                            _ => Task.Delay(TimeSpan.FromDays(49), world.TimeProvider),
                            TaskScheduler.FromCurrentSynchronizationContext()
                        )
                        .Unwrap()
            },
            { BuiltInProperties.NoHandlerError, FailInHandlerAsync },
            { "my-own", ViolateAsync },
        };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void What_goes_wrong_is_a_finding_by_the_name_of_its_property(
        string property,
        Func<ScenarioWorld, Task> body
    )
    {
        SimulationRun run = SimulationRunner.Run(new Play(body), seed: 1, Quick);
        run.Finding.ShouldNotBeNull().Property.ShouldBe(property);
        run.Finding.Detail.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Work_that_goes_to_the_thread_pool_is_a_finding_that_names_the_call()
    {
        SimulationRun run = SimulationRunner.Run(new Play(EscapeAsync), seed: 1, Quick);
        run.Finding.ShouldNotBeNull().Property.ShouldBe(BuiltInProperties.NothingEscapes);
        run.Finding.Detail.ShouldStartWith("Task.Run hands work to a thread of the thread pool");
        run.Finding.Detail.ShouldContain("in RunnerTests.EscapeAsync, RunnerTests.cs:");
    }

    [Fact]
    public void A_write_from_a_foreign_thread_is_a_finding_that_names_the_call()
    {
        SimulationRun run = SimulationRunner.Run(new Play(WriteFromOutsideAsync), seed: 1, Quick);
        run.Finding.ShouldNotBeNull().Property.ShouldBe(BuiltInProperties.NothingEscapes);
        run.Finding.Detail.ShouldContain("A write on a simulated connection");
    }

    private static Tape Reread(Tape tape)
    {
        using StringWriter text = new();
        tape.Write(text);
        using StringReader reader = new(text.ToString());
        return Tape.Parse(reader);
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(7ul)]
    [InlineData(ulong.MaxValue)]
    public void A_replay_has_the_seed_of_the_recorded_run(ulong seed)
    {
        List<ulong?> seeds = [];
        Play play = new(world =>
        {
            seeds.Add(((SimulatedWorld)world).Seed);
            return new TaskCompletionSource().Task;
        });
        SimulationRun run = SimulationRunner.Run(play, seed, Quick);
        SimulationRunner.Replay(play, Reread(run.Tape), Quick);
        // Each of the two is made again, to say who waits.
        seeds.ShouldBe([seed, seed, seed, seed]);
    }

    [Fact]
    public void A_replay_of_a_run_without_a_seed_has_none_either()
    {
        List<ulong?> seeds = [];
        Play play = new(world =>
        {
            seeds.Add(((SimulatedWorld)world).Seed);
            return new TaskCompletionSource().Task;
        });
        SimulationRun run = SimulationRunner.Run(play, FixedStrategy.First, Quick);
        SimulationRun replayed = SimulationRunner.Replay(play, Reread(run.Tape), Quick).Run;
        SimulationRunner.Replay(play, replayed.Tape, Quick);
        seeds.ShouldBe(new ulong?[6]);
    }

    [Fact]
    public void A_run_in_which_all_holds_has_no_finding()
    {
        SimulationRun run = SimulationRunner.Run(
            new Play(world => Task.Delay(TimeSpan.FromHours(1), world.TimeProvider)),
            seed: 1,
            Quick
        );
        run.Finding.ShouldBeNull();
        run.VirtualTime.ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public void The_same_seed_makes_the_same_run_and_another_seed_another()
    {
        Play play = new(ChatterAsync);
        SimulationOptions options = new() { Faults = FaultProfiles.Hostile };
        HashSet<ulong> hashes = [];
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SimulationRun first = SimulationRunner.Run(play, seed, options);
            SimulationRun second = SimulationRunner.Run(play, seed, options with { KeepTrace = true });
            second.Trace.Hash.ShouldBe(first.Trace.Hash);
            second.Tape.Choices.ShouldBe(first.Tape.Choices);
            hashes.Add(first.Trace.Hash);
        }

        hashes.Count.ShouldBe(20);
    }

    [Fact]
    public void A_replayed_tape_ends_alike_and_is_used_up()
    {
        Play play = new(ViolateAsync);
        SimulationRun run = SimulationRunner.Run(play, seed: 5, Quick);
        ReplayedRun replay = SimulationRunner.Replay(play, run.Tape);
        replay.EndedAlike.ShouldBeTrue();
        replay.TapeUsedUp.ShouldBeTrue();
        replay.Run.Finding.ShouldBe(run.Finding);
    }

    [Fact]
    public void A_replay_of_a_changed_program_does_not_end_alike_and_says_where_it_parts()
    {
        SimulationRun run = SimulationRunner.Run(new Play(ChatterAsync), seed: 5, new SimulationOptions());
        Play changed = new(async world =>
        {
            _ = world.Random.Next(100);
            await ChatterAsync(world);
        });
        ReplayedRun replay = SimulationRunner.Replay(changed, run.Tape);
        replay.EndedAlike.ShouldBeFalse();
        replay.Run.Finding.ShouldNotBeNull().Property.ShouldBe(BuiltInProperties.TapeFits);
    }

    [Fact]
    public void A_tape_of_another_scenario_or_profile_is_refused_with_both_names()
    {
        SimulationRun run = SimulationRunner.Run(new Play(_ => Task.CompletedTask), seed: 1, Quick);
        Should
            .Throw<ArgumentException>(() =>
                SimulationRunner.Replay(new Play(_ => Task.CompletedTask, "other"), run.Tape)
            )
            .Message.ShouldContain("'play', not 'other'");
        Should
            .Throw<ArgumentException>(() =>
                SimulationRunner.Replay(new Play(_ => Task.CompletedTask), run.Tape, new SimulationOptions())
            )
            .Message.ShouldContain("'calm', not 'lossy-wan'");
    }

    [Fact]
    public void The_first_violation_counts_and_the_run_stops_there()
    {
        bool wentOn = false;
        SimulationRun run = SimulationRunner.Run(
            new Play(async world =>
            {
                world.Always(false, "first", "one");
                world.Always(false, "second", "two");
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                wentOn = true;
            }),
            seed: 1,
            Quick
        );
        run.Finding.ShouldNotBeNull().Property.ShouldBe("first");
        wentOn.ShouldBeFalse();
    }

    private static async Task ThrowLater(ScenarioWorld world)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
        throw new InvalidOperationException("later");
    }

    private static async Task SpinAsync(ScenarioWorld world)
    {
        while (true)
        {
            await Task.Yield();
        }
    }

    private static async Task EscapeAsync(ScenarioWorld world)
    {
        await using StreamServer server = await world.Host("server").StartServerAsync(_ => Task.CompletedTask);
        Connection client = await world.Host("client").OpenConnectionAsync(server.EndPoints[0]);
        await Task.Run(() => client.Writer.Write("from another thread"u8));
    }

    private static async Task WriteFromOutsideAsync(ScenarioWorld world)
    {
        await using StreamServer server = await world.Host("server").StartServerAsync(_ => Task.CompletedTask);
        Connection client = await world.Host("client").OpenConnectionAsync(server.EndPoints[0]);
        Foreign.Call(() => client.Writer.Write("from another thread"u8));
    }

    private static async Task FailInHandlerAsync(ScenarioWorld world)
    {
        ServerOptions options = new() { OnError = world.ReportHandlerError };
        await using StreamServer server = await world
            .Host("server")
            .StartServerAsync(_ => throw new FormatException("bad"), options: options);
        Connection client = await world.Host("client").OpenConnectionAsync(server.EndPoints[0]);
        await client.Writer.WaitClosedAsync();
    }

    private static async Task ViolateAsync(ScenarioWorld world)
    {
        await ChatterAsync(world);
        world.Always(world.Random.Next(10) < 0, "my-own", "as asked");
    }

    private static async Task ChatterAsync(ScenarioWorld world)
    {
        await using StreamServer server = await world
            .Host("server")
            .StartServerAsync(async (reader, writer) => writer.Write(await reader.ReadAsync(10)));
        try
        {
            Connection client = await world.Host("client").OpenConnectionAsync(server.EndPoints[0]);
            client.Writer.Write("ping"u8);
            await client.Reader.ReadToEndAsync();
        }
        catch (Core.ConnectionException)
        {
            world.Note("lost");
        }
    }
}
