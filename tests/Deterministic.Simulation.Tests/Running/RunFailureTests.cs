using Deterministic.Exploration;

namespace Deterministic.Simulation.Tests;

/// <summary>What is thrown for a run that has failed.</summary>
public sealed class RunFailureTests
{
    [Fact]
    public void A_deadlock_names_its_seed_faults_time_and_waiters()
    {
        string message = Message(
            new SimulatedWorld(7),
            _ => Stuck.NobodyWaitedForAsync(),
            World.Limits with
            {
                ExplainWaits = true,
            }
        );
        message.ShouldStartWith("no-deadlock: The program has not ended");
        message.ShouldContain("Deadlocked on main at 0 s of virtual time, after 1 steps, seed 7, faults calm.");
        message.ShouldContain("- main waits for a task that nobody has completed");
        message.ShouldContain("Stuck.NobodyWaitedForAsync, Stuck.cs:");
        message.ShouldContain("new SimulatedWorld(seed: 7, FaultProfiles.Find(\"calm\"))");
    }

    [Fact]
    public void Waiters_that_nobody_listened_for_are_to_be_had_by_a_setting_that_it_names() =>
        Message(new SimulatedWorld(7), _ => Stuck.NobodyWaitedForAsync())
            .ShouldContain("new RunLimits { ExplainWaits = true }");

    [Fact]
    public void An_exception_comes_first_with_its_place_and_host_and_is_inside()
    {
        SimulatedWorld world = new(8);
        InvalidOperationException thrown = Thrown(
            world,
            async () =>
            {
                world.Host("server").Start(_ => throw new FormatException("bad luck"));
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
            }
        );
        string[] lines = thrown.Message.Split('\n');
        lines[0].ShouldBe("server: FormatException: bad luck");
        lines[1].ShouldContain("RunFailureTests.cs:");
        lines[2].ShouldContain("throw new FormatException(");
        lines[3].ShouldStartWith("Faulted on server at 0 s of virtual time");
        lines[3].ShouldContain("seed 8");
        thrown.InnerException.ShouldBeOfType<FormatException>();
    }

    [Fact]
    public void A_property_comes_first_with_the_line_that_states_it()
    {
        SimulatedWorld world = new(9);
        string[] lines = Message(
                world,
                _ =>
                {
                    world.Always(1 > 2, "ordered", "1 is not above 2.");
                    return Task.CompletedTask;
                }
            )
            .Split('\n');
        lines[0].ShouldBe("ordered: 1 is not above 2.");
        lines[1].ShouldContain("RunFailureTests.A_property_comes_first_with_the_line_that_states_it");
        lines[2].ShouldContain("world.Always(1 > 2");
    }

    [Fact]
    public void A_world_without_a_seed_says_how_its_decisions_are_made_again()
    {
        SimulatedWorld world = new(new ChoiceSource(FixedStrategy.First));
        world.Seed.ShouldBeNull();
        Message(world, _ => throw new FormatException()).ShouldContain("Replayed()");
    }

    [Fact]
    public void A_scheduler_alone_says_what_it_knows() =>
        Should
            .Throw<InvalidOperationException>(() =>
                new World().Run(() => new TaskCompletionSource().Task).ThrowIfNotCompleted()
            )
            .Message.ShouldContain("Deadlocked after 1 steps at 00:00:00");

    private static string Message(SimulatedWorld world, Func<SimulatedWorld, Task> program, RunLimits? limits = null) =>
        Thrown(world, () => program(world), limits).Message;

    private static InvalidOperationException Thrown(
        SimulatedWorld world,
        Func<Task> program,
        RunLimits? limits = null
    ) =>
        Should.Throw<InvalidOperationException>(() => world.Run(program, limits ?? World.Limits).ThrowIfNotCompleted());
}
