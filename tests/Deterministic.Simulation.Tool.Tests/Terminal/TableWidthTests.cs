using System.Text.RegularExpressions;
using Deterministic.Faults;
using Spectre.Console;

namespace Deterministic.Simulation.Tool.Tests;

public sealed class TableWidthTests
{
    private const string Message =
        "The room sent 'member-3: hello, and a_word_that_is_longer_than_any_narrow_terminal_is_wide' twice, 日本語 included, and never stopped.";

    /// <summary>Every width from very narrow to very wide.</summary>
    public static TheoryData<int> Widths => new(Enumerable.Range(20, 181));

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Every_word_of_a_finding_is_readable_at_any_width(int width)
    {
        Scenario failing = new AdHocScenario(
            "failing",
            world =>
            {
                world.Always(condition: false, "every-message-arrives-once", Message);
                return Task.CompletedTask;
            }
        );

        string output = await PrintAsync(width, [failing], "run", "failing", "--seeds", "2", "--out", "t");

        string report = output[output.IndexOf("every-message", StringComparison.Ordinal)..];
        string table = report[..report.IndexOf("Replay", StringComparison.Ordinal)];
        Dense(LastCells(table)).ShouldContain(Dense(Message));
        output.ShouldNotContain('…');
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Every_word_about_a_fault_is_readable_at_any_width(int width)
    {
        string output = await PrintAsync(width, [], "faults");

        string text = Dense(LastCells(output));
        foreach (FaultDescriptor fault in FaultCatalog.All)
        {
            text.ShouldContain(Dense(fault.Description));
            Dense(output).ShouldContain(Dense(fault.Name));
        }

        output.ShouldNotContain('…');
        ShouldFit(output, width);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task The_list_fits_at_any_width_and_breaks_between_words(int width)
    {
        string output = await PrintAsync(width, [MadeUp.Sound], "list");

        foreach (FaultProfile profile in FaultProfiles.All)
        {
            Regex.Replace(output, "\\s+", " ").ShouldContain($"{profile.Name} {profile.Description}");
        }

        // But for its two headlines.
        ShouldFit(string.Join('\n', output.Split('\n').Where(line => line.StartsWith(' '))), width);
    }

    [Fact]
    public async Task A_message_gets_all_that_the_other_columns_leave()
    {
        string output = await PrintAsync(80, [MadeUp.Flaky], "run", "flaky", "--seeds", "3", "--out", "t");

        // 69 is one.\u000aNext line. does not fit beside the others in fewer.
        output.ShouldContain("│    3 │ no-multiple-of-three │      0.069 s │ 69 is one.\\u000aNext line. │");
    }

    [Theory]
    [InlineData("", 10, "")]
    [InlineData("one two", 7, "one two")]
    [InlineData("one two", 6, "one|two")]
    [InlineData("one twentytwo", 5, "one|twent|ytwo")]
    [InlineData("日本語", 4, "日本|語")]
    [InlineData("日本語", 1, "日|本|語")]
    [InlineData("a😀b", 2, "a|😀|b")]
    public void Text_is_broken_between_words_and_within_those_that_are_too_wide(
        string text,
        int width,
        string expected
    ) => string.Join('|', Wrapping.Lines(text, width)).ShouldBe(expected);

    private static async Task<string> PrintAsync(int width, Scenario[] scenarios, params string[] arguments)
    {
        using Detsim detsim = new()
        {
            Terminal = Terminals.Create(ColorSystemSupport.NoColors, width),
            Scenarios = scenarios,
        };
        return (await detsim.RunAsync(arguments)).Output;
    }

    /// <summary>Of a drawn table the last column; of anything else all lines.</summary>
    private static string LastCells(string output) =>
        string.Join('\n', output.Split('\n').Select(line => line.Contains('│') ? line.Split('│')[^2] : line));

    private static string Dense(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static void ShouldFit(string output, int width) =>
        output.Split('\n').ShouldAllBe(line => line.GetCellWidth() <= width);
}
