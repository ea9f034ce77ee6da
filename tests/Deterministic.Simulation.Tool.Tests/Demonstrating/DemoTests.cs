using Deterministic.Scenarios;

namespace Deterministic.Simulation.Tool.Tests;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_keeps_its_promises()
    {
        using Detsim detsim = new();

        Outcome outcome = await detsim.RunAsync("demo");

        outcome.ExitCode.ShouldBe(0);
        outcome.Error.ShouldBeEmpty();
        outcome.Output.ShouldContain("VIOLATION");
        outcome.Output.ShouldContain("detsim replay .detsim/chat-broken-lossy-wan-");
        outcome.OutputLines[^1].ShouldStartWith("All steps passed");
    }

    [Fact]
    public async Task The_replay_command_of_the_demo_works()
    {
        using Detsim detsim = new();
        Outcome demo = await detsim.RunAsync("demo");
        string command = demo
            .OutputLines.Single(line => line.Contains("detsim replay", StringComparison.Ordinal))
            .Trim();

        Outcome outcome = await detsim.RunAsync([.. command.Split(' ').Skip(1)]);

        outcome.ExitCode.ShouldBe(1);
        outcome.OutputLines[^1].ShouldBe("It failed in the same way: same finding, same trace.");
    }

    [Fact]
    public async Task A_bug_that_is_not_found_breaks_the_promise()
    {
        using Detsim detsim = new()
        {
            Scenarios = [new ChatScenario(), new AdHocScenario("chat-broken", _ => Task.CompletedTask)],
        };

        Outcome outcome = await detsim.RunAsync("demo");

        outcome.ExitCode.ShouldBe(1);
        outcome.OutputLines[^1].ShouldStartWith("A step FAILED");
    }

    [Fact]
    public async Task A_sound_one_that_is_not_breaks_the_promise()
    {
        using Detsim detsim = new() { Scenarios = [new BrokenChatScenario(), new AdHocScenario("chat", Broken)] };

        Outcome outcome = await detsim.RunAsync("demo");

        outcome.ExitCode.ShouldBe(1);
        outcome.Output.ShouldContain("detsim run chat --seed 1 --trace");

        static Task Broken(ScenarioWorld world)
        {
            world.Always(condition: false, "sound", "It is not.");
            return Task.CompletedTask;
        }
    }
}
