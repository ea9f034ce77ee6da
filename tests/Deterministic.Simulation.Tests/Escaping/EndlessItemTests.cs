using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Items that compute and do not end: here until the run's message has come, elsewhere for ever.</summary>
public sealed class EndlessItemTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly World _world = new();
    private volatile string? _message;

    [Fact]
    public void A_loop_at_once_is_named_with_host_step_time_and_seed() =>
        MessageOf(LoopAtOnce)
            .ShouldBe(
                "EndlessItemTests.LoopAtOnce on host 'main' has run for more than 0.2 s of real time without an await "
                    + "(seed 1, step 1, virtual time 00:00:00). It can't be stopped, so the process ends. "
                    + "End the loop, or await in it; if the computation is meant to take that long, raise RunLimits.ItemTime. In a debugger there is no such limit."
            );

    [Fact]
    public void A_loop_after_an_await_is_named_by_the_async_method() =>
        MessageOf(LoopAfterAnAwaitAsync).ShouldStartWith("EndlessItemTests.LoopAfterAnAwaitAsync on host 'main' ");

    [Fact]
    public void A_loop_in_a_timer_is_named_by_its_callback() =>
        MessageOf(LoopInATimerAsync).ShouldStartWith("EndlessItemTests.LoopInATimerAsync (lambda) on host 'main' ");

    [Fact]
    public void A_loop_in_a_filter_of_what_is_expected_is_named_also_after_the_program_has_ended()
    {
        SimulatedWorld world = new(seed: 1);
        world.ExpectUnhandled(_ =>
        {
            Loop();
            return true;
        });

        world.Run(
            async () =>
            {
                _ = ForgetAsync();
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
            },
            Limits
        );

        _message
            .ShouldNotBeNull()
            .ShouldStartWith("A filter passed to ExpectUnhandled on host 'main' has run for more than 0.2 s");
    }

    [Fact]
    public void A_filter_of_what_is_expected_that_blocks_after_the_program_has_ended_is_an_escape()
    {
        SimulatedWorld world = new(seed: 1);
        using ManualResetEventSlim never = new();
        world.ExpectUnhandled(_ => never.Wait(Patience));

        RunResult result = world.Run(
            ForgetAndWaitAsync(world),
            Limits with
            {
                BlockingGrace = TimeSpan.FromMilliseconds(200),
            }
        );

        result.Outcome.ShouldBe(RunOutcome.Escaped);
        result.Exception.ShouldBeOfType<SimulationEscapeException>().Cause.ShouldBe(EscapeCause.BlockingWait);
        result.Finding.ShouldNotBeNull().Property.ShouldBe(BuiltInProperties.NothingEscapes);
    }

    [Fact]
    public void A_filter_of_what_is_expected_that_throws_fails_the_run_with_that()
    {
        SimulatedWorld world = new(seed: 1);
        world.ExpectUnhandled(_ => throw new FormatException("mine"));

        RunResult result = world.Run(ForgetAndWaitAsync(world), Limits);

        result.Outcome.ShouldBe(RunOutcome.Faulted);
        result.Finding.ShouldNotBeNull().Detail.ShouldBe("FormatException: mine");
    }

    [Fact]
    public void A_filter_of_what_is_expected_that_throws_about_a_handler_fails_the_run_with_that()
    {
        SimulatedWorld world = new(seed: 1);
        world.ExpectUnhandled(_ => throw new FormatException("mine"));

        RunResult result = world.Run(
            async () =>
            {
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync(_ => throw new InvalidOperationException("bug"), port: 7);
                await using Connection client = await world.Host("client").OpenConnectionAsync("server", 7);
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
            },
            Limits
        );

        result.Outcome.ShouldBe(RunOutcome.Faulted);
        result.Finding.ShouldNotBeNull().Detail.ShouldEndWith("FormatException: mine");
    }

    [Fact]
    public void Items_that_end_are_left_alone_however_many_there_are()
    {
        RunResult result = _world.Scheduler.Run(
            async () =>
            {
                for (int i = 0; i < 1_000; i++)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(1), _world.Time);
                }
            },
            Limits
        );
        result.Outcome.ShouldBe(RunOutcome.Completed);
        _message.ShouldBeNull();
    }

    private RunLimits Limits =>
        World.Limits with
        {
            ItemTime = TimeSpan.FromMilliseconds(200),
            OnEndlessItem = message => _message = message,
        };

    private string MessageOf(Func<Task> loop)
    {
        _world.Scheduler.Run(loop, Limits);
        return _message.ShouldNotBeNull();
    }

    private static Func<Task> ForgetAndWaitAsync(SimulatedWorld world) =>
        async () =>
        {
            _ = ForgetAsync();
            await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
        };

    private static async Task ForgetAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("nobody looks");
    }

    private Task LoopAtOnce()
    {
        Loop();
        return Task.CompletedTask;
    }

    private async Task LoopAfterAnAwaitAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(1), _world.Time);
        Loop();
    }

    private async Task LoopInATimerAsync()
    {
        await using ITimer timer = _world.Time.CreateTimer(
            _ => Loop(),
            null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan
        );
        await Task.Delay(TimeSpan.FromSeconds(2), _world.Time);
    }

    private void Loop()
    {
        long start = TimeProvider.System.GetTimestamp();
        while (_message is null && TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            // Nothing.
        }
    }
}
