using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>When the program has ended, what is ready at that instant still runs before the verdict; what waits for time or for the network does not.</summary>
public sealed class SettlingTests
{
    private const string Bug = "found after the end";

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_forgotten_task_that_is_ready_when_the_program_ends_is_judged_also_as_the_last_item(int yields)
    {
        SimulatedWorld world = new(1);
        Finding finding = Run(
            world,
            () =>
            {
                _ = YieldAndThrowAsync(yields);
                return Task.CompletedTask;
            }
        )
            .Finding.ShouldNotBeNull();
        finding.Property.ShouldBe(BuiltInProperties.NoUnobservedFailure);
        finding.Detail.ShouldBe($"InvalidOperationException: {Bug}");
    }

    [Fact]
    public void A_handler_that_is_ready_when_the_program_ends_is_judged()
    {
        SimulatedWorld world = new(1);
        TaskCompletionSource ended = new();
        Finding finding = Run(
            world,
            async () =>
            {
                StreamServer server = await world.Host("server").StartServerAsync(_ => ThrowAsync(ended.Task), port: 7);
                Connection client = await world.Host("client").OpenConnectionAsync("server", 7);
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                server.Close();
                client.Abort();
                ended.SetResult();
            }
        )
            .Finding.ShouldNotBeNull();
        finding.Property.ShouldBe(BuiltInProperties.NoHandlerError);
        (finding.Host, finding.Time).ShouldBe(("server", world.Scheduler.Now));
    }

    [Fact]
    public void What_waits_for_time_when_the_program_ends_is_not_judged_and_time_stands_still()
    {
        SimulatedWorld world = new(1);
        RunResult result = Run(
            world,
            async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                _ = ThrowAsync(Task.Delay(TimeSpan.FromMilliseconds(1), world.TimeProvider));
            }
        );
        result.Outcome.ShouldBe(RunOutcome.Completed);
        result.Now.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_program_that_fails_is_judged_by_that_and_nothing_runs_after_it()
    {
        SimulatedWorld world = new(1);
        bool ran = false;
        RunResult result = Run(
            world,
            async () =>
            {
                await Task.Yield();
                _ = GoOnAsync();
                throw new FormatException("first");
            }
        );
        result.Exception.ShouldBeOfType<FormatException>();
        ran.ShouldBeFalse();

        async Task GoOnAsync()
        {
            await Task.Yield();
            ran = true;
        }
    }

    [Fact]
    public void What_never_rests_after_the_end_is_a_livelock()
    {
        RunResult result = Run(
            new SimulatedWorld(1),
            () =>
            {
                _ = SpinAsync();
                return Task.CompletedTask;
            }
        );
        result.Outcome.ShouldBe(RunOutcome.StepLimitReached);
        result.Finding.ShouldNotBeNull().Property.ShouldBe(BuiltInProperties.NoLivelock);

        static async Task SpinAsync()
        {
            while (true)
            {
                await Task.Yield();
            }
        }
    }

    [Fact]
    public void Up_to_the_end_of_the_program_the_decisions_are_those_of_a_run_that_stops_there_and_a_replay_takes_them_all()
    {
        bool drewMore = false;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SimulatedWorld stopped = new(seed, FaultProfiles.LossyWan);
            stopped.Scheduler.Run(() => TalkAsync(stopped), World.Limits).ThrowIfNotCompleted();

            SimulationRun settled = SimulationRunner.Run(new Play(TalkAsync), seed, Options);
            settled.Tape.Choices.Take(stopped.Choices.Recorded.Count).ShouldBe(stopped.Choices.Recorded);
            settled.VirtualTime.ShouldBe(stopped.Scheduler.Now);
            drewMore |= settled.Tape.Choices.Count > stopped.Choices.Recorded.Count;

            ReplayedRun replayed = SimulationRunner.Replay(new Play(TalkAsync), settled.Tape, Options);
            (replayed.EndedAlike, replayed.TapeUsedUp).ShouldBe((true, true));
        }

        drewMore.ShouldBeTrue();
    }

    private static SimulationOptions Options => new() { Faults = FaultProfiles.LossyWan, Limits = World.Limits };

    private static async Task TalkAsync(ScenarioWorld world)
    {
        await using StreamServer server = await world
            .Host("server")
            .StartServerAsync(static connection => connection.Reader.ReadToEndAsync().AsTask(), port: 7);
        try
        {
            await using Connection client = await world.Host("client").OpenConnectionAsync("server", 7);
            client.Writer.Write("hello"u8);
            await client.Writer.DrainAsync();
        }
        catch (ConnectionException)
        {
            // What the network does is not of interest here.
        }

        for (int i = 0; i < 5; i++)
        {
            _ = YieldAsync(world.Random);
        }

        static async Task YieldAsync(Random random)
        {
            await Yields(3);
            random.Next(10);
        }
    }

    private static RunResult Run(SimulatedWorld world, Func<Task> program) => world.Run(program, World.Limits);

    private static async Task Yields(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
        }
    }

    private static async Task YieldAndThrowAsync(int yields)
    {
        for (int i = 0; i < yields; i++)
        {
            await Task.Yield();
        }

        throw new InvalidOperationException(Bug);
    }

    private static async Task ThrowAsync(Task after)
    {
        await after;
        throw new InvalidOperationException(Bug);
    }
}
