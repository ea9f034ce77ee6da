namespace Deterministic.Simulation.Tool.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("detsim")]
    [InlineData("faults")]
    [InlineData("run")]
    [InlineData("replay")]
    [InlineData("check")]
    [InlineData("demo")]
    public async Task Help_tells_how_to_use_a_command(string command)
    {
        using Detsim detsim = new();
        string[] arguments = string.Equals(command, "detsim", StringComparison.Ordinal)
            ? ["--help"]
            : [command, "--help"];

        Outcome outcome = await detsim.RunAsync(arguments);

        outcome.ExitCode.ShouldBe(0);
        outcome.Error.ShouldBeEmpty();
        outcome.Output.ShouldMatchApproved(approved => approved.NoDiff().WithDiscriminator(command));
    }

    [Fact]
    public async Task Help_is_given_even_where_the_rest_makes_no_sense()
    {
        using Detsim detsim = new();

        Outcome outcome = await detsim.RunAsync("run", "nonsense", "--help");

        outcome.ExitCode.ShouldBe(0);
        outcome.Output.ShouldContain("Usage:");
    }

    [Fact]
    public async Task Version_is_told()
    {
        using Detsim detsim = new();

        Outcome outcome = await detsim.RunAsync("--version");

        outcome.ExitCode.ShouldBe(0);
        outcome.OutputLines.ShouldHaveSingleItem();
    }
}
