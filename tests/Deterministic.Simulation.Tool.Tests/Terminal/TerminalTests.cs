using System.Text.RegularExpressions;
using Spectre.Console;

namespace Deterministic.Simulation.Tool.Tests;

public sealed class TerminalTests
{
    [Fact]
    public async Task A_pipe_gets_plain_lines_only()
    {
        using Detsim detsim = new();

        Outcome outcome = await detsim.RunAsync("run", "chat-broken", "--seeds", "3");

        outcome.Output.ShouldAllBe(c => c == '\n' || (c >= ' ' && c <= '~'));
        outcome.OutputLines[1].ShouldBe("seed  property                    virtual time  what happened");
    }

    [Fact]
    public async Task A_terminal_gets_a_progress_bar_a_drawn_table_and_colours()
    {
        using Detsim detsim = new()
        {
            Terminal = Terminals.Create(ColorSystemSupport.Standard),
            Scenarios = [MadeUp.Flaky],
        };

        Outcome outcome = await detsim.RunAsync("run", "flaky", "--seeds", "30");

        outcome.Output.ShouldContain("100%");
        outcome.Output.ShouldContain("│ no-multiple-of-three │");
        outcome.Output.ShouldContain("\e[1mflaky under lossy-wan, seeds 1 to 30\e[0m\n");
    }

    public static TheoryData<int> Widths => new(Enumerable.Range(8, 120));

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task A_progress_bar_takes_one_line_however_narrow_the_terminal_is(int width)
    {
        IAnsiConsole terminal = Terminals.Create(ColorSystemSupport.NoColors, width);

        await ProgressBar.ShowAsync(
            terminal,
            "chat under lossy-wan",
            total: 3,
            step =>
            {
                step();
                return Task.FromResult(0);
            }
        );

        string shown = Regex.Replace(terminal.Profile.Out.Writer.ToString()!, "\e\\[[?0-9;]*[A-Za-z]", "");
        string[] lines = [.. shown.Split('\n', '\r').Where(static line => line.Trim().Length > 0)];
        lines.ShouldNotBeEmpty();
        lines.ShouldAllBe(line => line.Contains('%') && line.GetCellWidth() <= width);
    }

    [Fact]
    public async Task A_terminal_that_wants_no_colours_gets_none()
    {
        using Detsim detsim = new()
        {
            Terminal = Terminals.Create(ColorSystemSupport.NoColors),
            Scenarios = [MadeUp.Flaky],
        };

        Outcome outcome = await detsim.RunAsync("run", "flaky", "--seeds", "30");

        outcome.Output.ShouldContain("│ no-multiple-of-three │");
        outcome.Output.ShouldNotMatch("\e\\[[0-9;]*m");
    }
}
