using System.Globalization;
using System.Text.RegularExpressions;
using Deterministic.Faults;
using Deterministic.Simulation.Tracing;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>What a reader of the story must be able to see.</summary>
public sealed class StoryTests
{
    [Fact]
    public void A_read_that_a_fault_has_cut_short_says_so_and_the_next_one_says_that_it_takes_the_rest()
    {
        string story = StoryOf(OneWrite(100, By(Fault.ShortRead().WithProbability(1000).AtMost(1))));

        Match cut = Regex.Match(story, @" s  server  #1  read (\d+) bytes?: cut by short-read\n");
        Match rest = Regex.Match(story, @" s  server  #1  read (\d+) bytes?: what the cut has left\n");
        (cut.Success, rest.Success).ShouldBe((true, true), story);
        (Number(cut) + Number(rest)).ShouldBe(100);
        rest.Index.ShouldBeGreaterThan(cut.Index);
    }

    [Fact]
    public void A_read_that_no_fault_has_cut_is_no_event()
    {
        StoryOf(OneWrite(100, Calm)).ShouldNotContain("  read ");
        StoryOf(OneWrite(1, By(Fault.ShortRead()))).ShouldNotContain("  read ", customMessage: "a byte cannot be cut");
    }

    [Fact]
    public void A_segment_that_a_fault_has_cut_says_which_fault()
    {
        string sliced = StoryOf(OneWrite(100, By(Fault.Slicer(averageBytes: 30))));
        Regex.Count(sliced, @"  sent 30 bytes: cut by slicer\n").ShouldBe(3, sliced);
        sliced.ShouldMatch(@"  sent 10 bytes\n");

        string written = StoryOf(OneWrite(100, By(Fault.ShortWrite().WithProbability(1000).AtMost(1))));
        Match cut = Regex.Match(written, @"  sent (\d+) bytes?: cut by short-write\n");
        Match rest = Regex.Match(written, @"  sent (\d+) bytes?\n");
        (Number(cut) + Number(rest)).ShouldBe(100, written);
        StoryOf(OneWrite(100, Calm)).ShouldNotContain("cut by");
    }

    [Fact]
    public void A_short_write_names_the_segment_at_the_cut_and_none_before_it()
    {
        int bytes = 2 * TcpOptions.Default.MaxSegmentBytes;
        string story = StoryOf(OneWrite(bytes, By(Fault.ShortWrite().WithProbability(1000).AtMost(1))));
        Regex.Count(story, "cut by short-write").ShouldBe(1, story);
    }

    [Fact]
    public void A_fault_is_named_before_its_time_which_is_in_seconds()
    {
        SimulatedWorld world = OneWrite(100, By(Fault.Stall(Ms(1500)).WithProbability(1000).AtMost(1)));
        StoryOf(world).ShouldMatch(@"  FAULT: stall, 1\.5 s\n");

        Trace trace = new(keepEvents: true);
        trace.Record(TimeSpan.Zero, "a", 0, TraceKind.Fault, 6_210_629, "stall");
        trace.Record(TimeSpan.Zero, "a", 0, TraceKind.Fault, -2_000_000, "clock step");
        trace.Record(TimeSpan.Zero, "a", 0, TraceKind.Fault, 0, "reset");
        TraceText
            .Lines([.. trace.Events])
            .Select(line => line[(line.LastIndexOf("    ", StringComparison.Ordinal) + 4)..])
            .ShouldBe(["FAULT: stall, 6.210629 s", "FAULT: clock step, -2 s", "FAULT: reset"]);
    }

    [Fact]
    public void A_text_keeps_its_backslashes_and_stays_on_one_line()
    {
        Trace trace = new(keepEvents: true);
        trace.Record(TimeSpan.Zero, "a", 0, TraceKind.Note, text: "'welcome m\\n'\nnext \ud800 🐟");
        StoryOf(trace).ShouldBe("0.0000000 s  a    note: 'welcome m\\n'\\u000anext \\ud800 🐟\n");
    }

    private static string StoryOf(SimulatedWorld world) => StoryOf(world.Trace);

    private static string StoryOf(Trace trace)
    {
        using StringWriter story = new(CultureInfo.InvariantCulture);
        trace.WriteTo(story);
        return story.ToString();
    }

    private static int Number(Match line) => int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture);
}
