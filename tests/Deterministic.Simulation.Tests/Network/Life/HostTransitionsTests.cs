using Deterministic.Simulation.Programs;

namespace Deterministic.Simulation.Tests;

public sealed class HostTransitionsTests
{
    [Theory]
    [InlineData("Running", "Running Paused Running Down")]
    [InlineData("Paused", "Paused Paused Running Down")]
    [InlineData("Down", "Running Down Down Down")]
    public void Each_state_and_input_leads_where_the_table_says(string from, string to)
    {
        HostState state = Enum.Parse<HostState>(from);
        Enum.GetValues<HostInput>()
            .Select(input => HostTransitions.After(state, input).ToString())
            .ShouldBe(to.Split(' '));
    }

    [Fact]
    public void What_makes_no_sense_changes_nothing_and_is_not_told()
    {
        SimulatedWorld world = Talk.Alone(world =>
        {
            SimulatedHost host = world.Host("host");
            host.Resume();
            host.Restart();
            host.Crash();
            host.Crash();
            host.Pause();
            host.Resume();
            host.State.ShouldBe(HostState.Down);
            host.Restart();
            host.Restart();
            host.Pause();
            host.Pause();
            host.Restart();
            host.State.ShouldBe(HostState.Paused);
            host.Incarnation.ShouldBe(2);
            return Task.CompletedTask;
        });
        world
            .Trace.Events.Select(happened => happened.Kind)
            .ShouldBe([TraceKind.HostStarted, TraceKind.HostStopped, TraceKind.HostStarted, TraceKind.HostPaused]);
    }
}
