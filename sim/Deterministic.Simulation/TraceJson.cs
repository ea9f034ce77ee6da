using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Deterministic.Simulation.Tracing;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>
/// Traces as JSON Lines: one event a line, in UTF-8, each line an object with the same members in the same order.
/// <code>
/// {"time_ns":1500000,"host":"client","connection":7,"kind":"sent","number":11,"text":"","hash":"4e561ada02c12f7d"}
/// </code>
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>time_ns</c></term><description>virtual time since the start of the simulation, in nanoseconds; it moves in steps of 100</description></item>
/// <item><term><c>host</c></term><description>where</description></item>
/// <item><term><c>connection</c></term><description>which connection, by the number that the simulation gave it; 0 for none</description></item>
/// <item><term><c>kind</c></term><description>the member of <see cref="TraceKind"/>, in kebab case</description></item>
/// <item><term><c>number</c></term><description>the number that goes with it, as <see cref="TraceKind"/> says; 0 for none</description></item>
/// <item><term><c>text</c></term><description>the text that goes with it; empty for none</description></item>
/// <item><term><c>hash</c></term><description>the trace's hash up to and including this event, in 16 hexadecimal digits</description></item>
/// </list>
/// Because of the running hash, the first line in which two files differ is where the two runs parted, also if only the bytes that travelled differed.
/// </remarks>
public static class TraceJson
{
    internal const string Time = "time_ns";
    internal const string Host = "host";
    internal const string Connection = "connection";
    internal const string Kind = "kind";
    internal const string Number = "number";
    internal const string Text = "text";
    internal const string Hash = "hash";
    internal const int NanosecondsPerTick = 100;

    /// <summary>A file of lines is no web page: µ and quotes may stay as they are.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads what <see cref="Trace.WriteJsonTo(TextWriter)"/> has written.</summary>
    /// <param name="reader">Where from; read line by line as the events are asked for, and not closed.</param>
    /// <returns>The events, in order; to be enumerated once, as the reader is read once.</returns>
    /// <exception cref="FormatException">While it is read: a line is none of a trace. The message has its number.</exception>
    public static IEnumerable<HashedTraceEvent> Read(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Lines();

        IEnumerable<HashedTraceEvent> Lines()
        {
            for (long number = 1; reader.ReadLine() is { } line; number++)
            {
                yield return TraceJsonLine.Parse(line, number);
            }
        }
    }

    internal static void Write(IEnumerable<HashedTraceEvent> events, Stream stream) =>
        Write(events, line => stream.Write(line));

    internal static void Write(IEnumerable<HashedTraceEvent> events, TextWriter writer) =>
        Write(events, line => writer.Write(Encoding.UTF8.GetString(line)));

    private static void Write(IEnumerable<HashedTraceEvent> events, Action<ReadOnlySpan<byte>> write)
    {
        ArrayBufferWriter<byte> line = new();
        using Utf8JsonWriter json = new(line, Options);
        foreach (HashedTraceEvent happened in events)
        {
            Write(happened, json);
            json.Flush();
            line.Write("\n"u8);
            write(line.WrittenSpan);
            line.ResetWrittenCount();
            json.Reset();
        }
    }

    private static void Write(in HashedTraceEvent happened, Utf8JsonWriter json)
    {
        TraceEvent e = happened.Event;
        json.WriteStartObject();
        json.WriteNumber(Time, (decimal)e.Time.Ticks * NanosecondsPerTick);
        json.WriteString(Host, e.Host);
        json.WriteNumber(Connection, e.Connection);
        json.WriteString(Kind, TraceKindJson.NameOf(e.Kind));
        json.WriteNumber(Number, e.Number);
        json.WriteString(Text, e.Text);
        json.WriteString(Hash, happened.Hash.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }
}
