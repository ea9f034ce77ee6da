using System.Text;
using System.Text.Json;
using Deterministic.Streams;
using FsCheck.Xunit;

namespace Deterministic.Simulation.Tests;

public sealed class TraceJsonTests
{
    [Fact]
    public void An_event_is_a_line_with_its_members_in_this_order()
    {
        Trace trace = new(keepEvents: true);
        trace.Record(TimeSpan.Zero, "server", 0, TraceKind.Listening, text: "10.0.0.1:80");
        trace.Record(TimeSpan.FromTicks(15000), "client", 7, TraceKind.Sent, "hello world"u8);
        trace.Record(TimeSpan.FromTicks(15001), "client", 7, TraceKind.Note, 0, "µ \"<'\n\u0000");

        string[] lines = Json(trace).Split('\n');

        lines[0]
            .ShouldBe(
                """{"time_ns":0,"host":"server","connection":0,"kind":"listening","number":0,"text":"10.0.0.1:80","hash":"5d717419f93887d4"}"""
            );
        lines[1]
            .ShouldBe(
                """{"time_ns":1500000,"host":"client","connection":7,"kind":"sent","number":11,"text":"","hash":"4e561ada02c12f7d"}"""
            );
        lines[2]
            .ShouldContain(
                """
                "text":"µ \"<'\n\u0000",
                """.Trim()
            );
        lines[3].ShouldBeEmpty();
        lines.Length.ShouldBe(4);
    }

    [Fact]
    public void A_stream_gets_the_same_as_a_writer_in_UTF_8()
    {
        Trace trace = new(keepEvents: true);
        trace.Record(TimeSpan.Zero, "größer", 0, TraceKind.Note, text: "日本 🐟");
        using MemoryStream stream = new();

        trace.WriteJsonTo(stream);

        Encoding.UTF8.GetString(stream.ToArray()).ShouldBe(Json(trace));
        Json(trace).ShouldContain("größer");
    }

    [Property]
    public void What_is_written_is_read_back(
        (long Time, string? Host, long Connection, int Kind, long Number, string? Text)[] events
    )
    {
        TraceKind[] kinds = Enum.GetValues<TraceKind>();
        Trace trace = new(keepEvents: true);
        foreach (var (time, host, connection, kind, number, text) in events)
        {
            trace.Record(
                new TimeSpan(time),
                Plain(host),
                connection,
                kinds[(kind & int.MaxValue) % kinds.Length],
                number,
                Plain(text)
            );
        }

        TraceJson.Read(new StringReader(Json(trace))).ShouldBe(trace.HashedEvents);
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void No_time_is_too_long(long ticks)
    {
        Trace trace = new(keepEvents: true);
        trace.Record(new TimeSpan(ticks), "a", long.MinValue, TraceKind.Note, long.MaxValue);

        TraceJson.Read(new StringReader(Json(trace))).ShouldBe(trace.HashedEvents);
    }

    [Fact]
    public void Half_a_character_does_not_break_a_line()
    {
        Trace trace = new(keepEvents: true);
        trace.Record(TimeSpan.Zero, "a", 0, TraceKind.Note, text: "x\ud800y");

        TraceJson.Read(new StringReader(Json(trace))).ToList().ShouldHaveSingleItem().Event.Text.ShouldBe("x\ufffdy");
    }

    [Fact]
    public void Other_bytes_of_the_same_length_show_in_the_line_where_they_travel()
    {
        static string[] Lines(string payload)
        {
            Trace trace = new(keepEvents: true);
            trace.Record(TimeSpan.Zero, "a", 1, TraceKind.Note);
            trace.Record(TimeSpan.Zero, "a", 1, TraceKind.Sent, Encoding.UTF8.GetBytes(payload));
            return Json(trace).Split('\n');
        }

        string[] one = Lines("one");
        string[] two = Lines("two");

        two[0].ShouldBe(one[0]);
        two[1].ShouldNotBe(one[1]);
    }

    [Fact]
    public void The_last_hash_is_the_one_of_the_trace()
    {
        SimulatedWorld world = Talk.Between(static (_, _, _) => Task.CompletedTask);

        world.Trace.HashedEvents.Last().Hash.ShouldBe(world.Trace.Hash);
        world.Trace.HashedEvents.Select(happened => happened.Event).ShouldBe(world.Trace.Events);
    }

    [Theory]
    [InlineData(TraceKind.Note, "note")]
    [InlineData(TraceKind.HostStarted, "host-started")]
    [InlineData(TraceKind.HostStopped, "host-stopped")]
    [InlineData(TraceKind.Listening, "listening")]
    [InlineData(TraceKind.StoppedListening, "stopped-listening")]
    [InlineData(TraceKind.Connecting, "connecting")]
    [InlineData(TraceKind.Connected, "connected")]
    [InlineData(TraceKind.Accepted, "accepted")]
    [InlineData(TraceKind.ConnectFailed, "connect-failed")]
    [InlineData(TraceKind.Sent, "sent")]
    [InlineData(TraceKind.Received, "received")]
    [InlineData(TraceKind.SentEof, "sent-eof")]
    [InlineData(TraceKind.ReceivedEof, "received-eof")]
    [InlineData(TraceKind.Closed, "closed")]
    [InlineData(TraceKind.SentReset, "sent-reset")]
    [InlineData(TraceKind.ReceivedReset, "received-reset")]
    [InlineData(TraceKind.Paused, "paused")]
    [InlineData(TraceKind.Resumed, "resumed")]
    [InlineData(TraceKind.Fault, "fault")]
    [InlineData(TraceKind.Healed, "healed")]
    [InlineData(TraceKind.Violation, "violation")]
    [InlineData(TraceKind.Exception, "exception")]
    [InlineData(TraceKind.SentAgain, "sent-again")]
    [InlineData(TraceKind.HostPaused, "host-paused")]
    [InlineData(TraceKind.HostResumed, "host-resumed")]
    [InlineData(TraceKind.Read, "read")]
    [InlineData(TraceKind.Dropped, "dropped")]
    public void A_kind_keeps_its_name(TraceKind kind, string name)
    {
        Trace trace = new(keepEvents: true);
        trace.Record(TimeSpan.Zero, "a", 0, kind);

        using JsonDocument line = JsonDocument.Parse(Json(trace));
        line.RootElement.GetProperty("kind").GetString().ShouldBe(name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("""{"time_ns":0,"host":"a","connection":0,"kind":"no-such-kind","number":0,"text":"","hash":"0"}""")]
    [InlineData("""{"time_ns":1,"host":"a","connection":0,"kind":"note","number":0,"text":"","hash":"0"}""")]
    [InlineData("""{"time_ns":1e30,"host":"a","connection":0,"kind":"note","number":0,"text":"","hash":"0"}""")]
    [InlineData("""{"time_ns":0,"host":null,"connection":0,"kind":"note","number":0,"text":"","hash":"0"}""")]
    [InlineData("""{"time_ns":0,"host":"a","connection":0,"kind":"note","number":0,"text":"","hash":"x"}""")]
    public void A_line_that_is_no_event_is_refused_with_its_number(string line)
    {
        Trace trace = new(keepEvents: true);
        trace.Record(TimeSpan.Zero, "a", 0, TraceKind.Note);
        IEnumerable<HashedTraceEvent> events = TraceJson.Read(new StringReader($"{Json(trace)}{line}\n"));

        Should.Throw<FormatException>(() => events.ToList()).Message.ShouldStartWith("Line 2 is no event of a trace: ");
    }

    private static string Json(Trace trace)
    {
        using StringWriter writer = new();
        trace.WriteJsonTo(writer);
        return writer.ToString();
    }

    /// <summary>JSON cannot say half a character.</summary>
    private static string Plain(string? text) => new([.. (text ?? "").Where(c => !char.IsSurrogate(c))]);
}
