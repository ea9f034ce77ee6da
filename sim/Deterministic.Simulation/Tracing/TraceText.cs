using System.Globalization;
using Deterministic.Exploration.Text;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tracing;

/// <summary>Events as aligned lines: <c>12.0000025 s  client  #3  sent 120 bytes</c>. For people: what was escaped in a text cannot be told from what it held.</summary>
internal static class TraceText
{
    public static void Write(ReadOnlySpan<TraceEvent> events, TextWriter writer)
    {
        var (timeWidth, hostWidth, connectionWidth) = (0, 0, 0);
        foreach (var e in events)
        {
            timeWidth = Math.Max(timeWidth, Time(e).Length);
            hostWidth = Math.Max(hostWidth, Line(e.Host).Length);
            connectionWidth = Math.Max(connectionWidth, Connection(e).Length);
        }

        foreach (var e in events)
        {
            var line =
                $"{Time(e).PadLeft(timeWidth)} s  {Line(e.Host).PadRight(hostWidth)}  "
                + $"{Connection(e).PadRight(connectionWidth)}  {What(e)}";
            writer.Write(line);
            writer.Write('\n');
        }
    }

    /// <summary>The same, a line for each event, without line ends.</summary>
    public static string[] Lines(ReadOnlySpan<TraceEvent> events)
    {
        using StringWriter story = new(CultureInfo.InvariantCulture);
        Write(events, story);
        return story.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Time(in TraceEvent e) =>
        ((decimal)e.Time.Ticks / TimeSpan.TicksPerSecond).ToString("0.0000000", CultureInfo.InvariantCulture);

    private static string Connection(in TraceEvent e) =>
        e.Connection == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"#{e.Connection}");

    private static string What(in TraceEvent e)
    {
        var what = TraceKindNames.NameOf(e.Kind);
        if (e.Kind == TraceKind.Fault)
        {
            return e.Number == 0 ? $"{what}: {Line(e.Text)}" : $"{what}: {Line(e.Text)}, {Seconds(e.Number)} s";
        }

        if (TraceKindNames.UnitOf(e.Kind, e.Number) is { } unit)
        {
            what += string.Create(CultureInfo.InvariantCulture, $" {e.Number} {unit}");
        }
        else if (e.Number != 0)
        {
            what += string.Create(CultureInfo.InvariantCulture, $" {e.Number}");
        }

        return e.Text.Length == 0 ? what : $"{what}: {Line(e.Text)}";
    }

    /// <summary>The number of a fault is in microseconds; all times of a story are in seconds.</summary>
    private static string Seconds(long microseconds) =>
        (microseconds / 1_000_000m).ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>One event is one line, whatever the program put into it.</summary>
    private static string Line(string text) => TapeText.Show(text);
}
