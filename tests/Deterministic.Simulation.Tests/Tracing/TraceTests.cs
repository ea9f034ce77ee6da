using Deterministic.Simulation.Tracing;
using Deterministic.Streams;
using FsCheck.Xunit;

namespace Deterministic.Simulation.Tests;

public class TraceTests
{
    [Fact]
    public void The_hash_means_the_same_for_ever()
    {
        // From an implementation in another language.
        var trace = new Trace();
        trace.Record(TimeSpan.Zero, "server", 0, TraceKind.Listening, text: "10.0.0.1:80");
        trace.Hash.ShouldBe(0x5d717419f93887d4ul);
        trace.Record(TimeSpan.FromTicks(15000), "client", 7, TraceKind.Sent, "hello world"u8);
        trace.Hash.ShouldBe(0x4e561ada02c12f7dul);
    }

    [Property]
    public void Keeping_the_events_does_not_change_the_hash((long Time, byte Connection, long Number)[] events)
    {
        var (kept, dropped) = (new Trace(keepEvents: true), new Trace());
        foreach (var (time, connection, number) in events)
        {
            kept.Record(new TimeSpan(time), "host", connection, TraceKind.Fault, number, "reset");
            dropped.Record(new TimeSpan(time), "host", connection, TraceKind.Fault, number, "reset");
        }

        kept.Hash.ShouldBe(dropped.Hash);
        kept.Count.ShouldBe(events.Length);
        dropped.Count.ShouldBe(events.Length);
        kept.Events.Count.ShouldBe(events.Length);
        dropped.Events.ShouldBeEmpty();
    }

    public static TheoryData<string, Action<Trace>> Variants =>
        new()
        {
            { "time", trace => trace.Record(new TimeSpan(2), "a", 1, TraceKind.Note, 1, "x") },
            { "host", trace => trace.Record(new TimeSpan(1), "b", 1, TraceKind.Note, 1, "x") },
            { "connection", trace => trace.Record(new TimeSpan(1), "a", 2, TraceKind.Note, 1, "x") },
            { "kind", trace => trace.Record(new TimeSpan(1), "a", 1, TraceKind.Closed, 1, "x") },
            { "number", trace => trace.Record(new TimeSpan(1), "a", 1, TraceKind.Note, 2, "x") },
            { "text", trace => trace.Record(new TimeSpan(1), "a", 1, TraceKind.Note, 1, "y") },
            { "border of host and text", trace => trace.Record(new TimeSpan(1), "ax", 1, TraceKind.Note, 1) },
            { "payload", trace => trace.Record(new TimeSpan(1), "a", 1, TraceKind.Note, "x"u8) },
            {
                "twice",
                trace =>
                {
                    trace.Record(new TimeSpan(1), "a", 1, TraceKind.Note, 1, "x");
                    trace.Record(new TimeSpan(1), "a", 1, TraceKind.Note, 1, "x");
                }
            },
        };

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_part_of_an_event_is_in_the_hash(string part, Action<Trace> record)
    {
        var (one, other) = (new Trace(), new Trace());
        one.Record(new TimeSpan(1), "a", 1, TraceKind.Note, 1, "x");
        record(other);
        other.Hash.ShouldNotBe(one.Hash, part);
    }

    [Fact]
    public void The_order_of_events_is_in_the_hash()
    {
        var (one, other) = (new Trace(), new Trace());
        one.Record(default, "a", 0, TraceKind.Note);
        one.Record(default, "b", 0, TraceKind.Note);
        other.Record(default, "b", 0, TraceKind.Note);
        other.Record(default, "a", 0, TraceKind.Note);
        one.Hash.ShouldNotBe(other.Hash);
    }

    [Fact]
    public void Every_bit_of_a_payload_is_in_the_hash()
    {
        static ulong HashOf(byte[] payload)
        {
            var trace = new Trace();
            trace.Record(default, "a", 1, TraceKind.Sent, payload);
            return trace.Hash;
        }

        var hashes = new HashSet<ulong> { HashOf(new byte[21]) };
        for (var bit = 0; bit < 21 * 8; bit++)
        {
            var payload = new byte[21];
            payload[bit / 8] = (byte)(1 << (bit % 8));
            hashes.Add(HashOf(payload)).ShouldBeTrue();
        }
    }

    [Fact]
    public void Recording_allocates_nothing_when_events_are_not_kept()
    {
        var trace = new Trace();
        var payload = new byte[100];
        void RecordSome()
        {
            for (var i = 0; i < 1000; i++)
            {
                trace.Record(new TimeSpan(i), "host", i, TraceKind.Sent, payload);
                trace.Record(new TimeSpan(i), "host", i, TraceKind.Note, i, "constant");
            }
        }

        RecordSome();
        var before = GC.GetAllocatedBytesForCurrentThread();
        RecordSome();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void The_text_reads_as_a_story()
    {
        var trace = new Trace(keepEvents: true);
        trace.Record(TimeSpan.Zero, "server", 0, TraceKind.Listening, text: "10.0.0.1:80");
        trace.Record(TimeSpan.FromTicks(25), "a", 1, TraceKind.Sent, "hello"u8);
        trace.Record(TimeSpan.FromTicks(26), "server", 1, TraceKind.Received, "h"u8);
        trace.Record(TimeSpan.FromSeconds(12), "server", 12, TraceKind.Fault, 3, "reset\nnow");
        using var text = new StringWriter();
        trace.WriteTo(text);
        text.ToString()
            .ShouldBe(
                """
                 0.0000000 s  server       listening: 10.0.0.1:80
                 0.0000025 s  a       #1   sent 5 bytes
                 0.0000026 s  server  #1   received 1 byte
                12.0000000 s  server  #12  FAULT: reset\u000anow, 0.000003 s

                """
            );
    }

    [Fact]
    public void Every_kind_has_a_word_of_its_own()
    {
        var words = Enum.GetValues<TraceKind>().Select(TraceKindNames.NameOf).ToArray();
        words.ShouldBeUnique(StringComparer.Ordinal);
        words.ShouldNotContain("unknown", StringComparer.Ordinal);
    }
}
