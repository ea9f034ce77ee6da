using System.Globalization;
using System.Text.Json;
using Deterministic.Exploration.Text;

namespace Deterministic.Simulation.Tracing;

/// <summary>One line of JSON, back into an event.</summary>
internal static class TraceJsonLine
{
    public static HashedTraceEvent Parse(string line, long number)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return Parse(document.RootElement);
        }
        catch (Exception error)
            when (error is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Line {number} is no event of a trace: {TapeText.Quote(line)}"
                ),
                error
            );
        }
    }

    private static HashedTraceEvent Parse(JsonElement json)
    {
        decimal ticks = json.GetProperty(TraceJson.Time).GetDecimal() / TraceJson.NanosecondsPerTick;
        if (ticks != decimal.Truncate(ticks) || ticks is < long.MinValue or > long.MaxValue)
        {
            throw new FormatException();
        }

        string kind = TextOf(json, TraceJson.Kind);
        TraceEvent happened = new(
            new TimeSpan((long)ticks),
            TextOf(json, TraceJson.Host),
            json.GetProperty(TraceJson.Connection).GetInt64(),
            TraceKindJson.Find(kind) ?? throw new FormatException(),
            json.GetProperty(TraceJson.Number).GetInt64(),
            TextOf(json, TraceJson.Text)
        );
        return new HashedTraceEvent(
            happened,
            ulong.Parse(TextOf(json, TraceJson.Hash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        );
    }

    private static string TextOf(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException();
}
