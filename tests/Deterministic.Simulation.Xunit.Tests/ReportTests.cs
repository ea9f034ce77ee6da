using System.Text.RegularExpressions;
using Deterministic.Exploration;
using Deterministic.Simulation.Errors;
using Deterministic.Simulation.Reporting;

namespace Deterministic.Simulation.Xunit.Tests;

/// <summary>What a failed simulation test says: all of it in one message, each thing once.</summary>
public sealed class ReportTests
{
    [Theory]
    [InlineData(nameof(ReportSamples.FailsAnAssertion))]
    [InlineData(nameof(ReportSamples.ThrowsOnAHost))]
    [InlineData(nameof(ReportSamples.Leaves))]
    [InlineData(nameof(ReportSamples.NeverEnds))]
    [InlineData(nameof(ReportSamples.SaysALot))]
    public async Task A_failure_says_what_where_when_and_how_to_run_it_again(string sample)
    {
        using Sample failed = await Sample.RunAsync<ReportSamples>(sample);

        string text = failed.Message;
        text.Split('\n').Length.ShouldBeLessThanOrEqualTo(40);
        failed.Failure.Messages.Length.ShouldBe(1, "an exception inside would be printed again");
        failed.Failure.StackTraces.ShouldAllBe(stack => string.IsNullOrEmpty(stack));
        text.ShouldNotContain("System.");
        text.ShouldMatchApproved(approved => approved.NoDiff().WithDiscriminator(sample).WithScrubber(Scrub));
    }

    [Fact]
    public async Task An_assertion_and_the_line_that_made_it_are_said_once()
    {
        using Sample failed = await Sample.RunAsync<ReportSamples>(nameof(ReportSamples.FailsAnAssertion));

        Count(failed.Message, "the two are not equal").ShouldBe(1);
        Count(failed.Message, "ReportSamples.cs:line").ShouldBe(2, "the assertion's helper and the test, each once");
        failed.Message.ShouldNotContain("clean-up");
        failed.Message.ShouldNotContain("no-exception");
    }

    [Fact]
    public async Task A_long_message_is_in_full_in_the_output_and_a_short_one_is_not_said_again()
    {
        using Sample longer = await Sample.RunAsync<ReportSamples>(nameof(ReportSamples.SaysALot));
        using Sample shorter = await Sample.RunAsync<ReportSamples>(nameof(ReportSamples.FailsAnAssertion));

        longer.Output.ShouldContain("\nline 100\n");
        shorter.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_error_of_the_simulator_is_said_to_be_one()
    {
        using Sample failed = await Sample.RunAsync<ReportSamples>(nameof(ReportSamples.FailsInTheSimulator));

        failed.Message.ShouldContain("seed 1 ", Case.Insensitive);
        failed.Message.ShouldContain("at 2 s of virtual time");
        failed.Message.ShouldContain(
            "An error in the simulator itself, and none of the program: DivideByZeroException"
        );
        failed.Message.ShouldContain("ByteRing.CopyTo");
        failed.Message.ShouldContain("Please report it");
        Tape.Load(failed.Tapes.ShouldHaveSingleItem()).Header.Options["finding"].ShouldBe("simulator-error");
    }

    [Theory]
    [InlineData(0, "No event led up to the failure:\n> ")]
    [InlineData(1, "The one event up to the failure:\n  0.0")]
    [InlineData(2, "All 2 events up to the failure:\n  0.0")]
    [InlineData(9, "The last 8 of 9 events up to the failure:\n  0.0")]
    public void The_events_have_a_heading_that_counts_them(int events, string begins)
    {
        Trace trace = new(keepEvents: true);
        for (int number = 0; number < events; number++)
        {
            trace.Record(TimeSpan.Zero, "main", 0, TraceKind.Note, text: "before");
        }

        string.Join('\n', FailureText.Events(trace, new FailurePoint(TimeSpan.Zero, "main", events), most: 10))
            .ShouldStartWith(begins);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    /// <summary>What differs from machine to machine: folders, and the lines of the samples.</summary>
    private static string Scrub(string text)
    {
        text = Regex.Replace(text, @" in \S+[/\\](\w+\.cs):line \d+", " in $1:line N");
        text = Regex.Replace(text, @"(\w+\.cs):\d+", "$1:N");
        return Regex.Replace(text, @"DETERMINISTIC_TAPE=\S+[/\\]", "DETERMINISTIC_TAPE=/folder/");
    }
}
