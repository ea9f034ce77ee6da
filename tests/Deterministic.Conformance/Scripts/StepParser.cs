using System.Text.Json;

namespace Deterministic.Conformance;

/// <summary>The steps of the format, each with its fields.</summary>
internal static class StepParser
{
    /// <summary>What one receive holds at most: the format's bound on a chunk of the peer's.</summary>
    private const int LargestReceive = 256 * 1024;

    private static readonly Dictionary<string, Shape<Step>> OfReader = new(StringComparer.Ordinal)
    {
        ["feed"] = new(step => new Step.Feed(Fields.Bytes(step, "data")), "data"),
        ["feed_eof"] = new(_ => new Step.FeedEof()),
        ["set_exception"] = new(step => new Step.SetException(Fields.Text(step, "name")), "name"),
        ["cancel"] = new(step => new Step.Cancel(Fields.Id(step, "call")), "id"),
    };

    private static readonly Dictionary<string, Shape<Step>> OfWriter = new(StringComparer.Ordinal)
    {
        ["write"] = new(step => new Step.Write(Fields.Bytes(step, "data")), "data"),
        ["writelines"] = new(step => new Step.WriteLines(Fields.ManyBytes(step, "data")), "data"),
        ["write_eof"] = new(_ => new Step.WriteEof()),
        ["close"] = new(_ => new Step.Close()),
        ["abort"] = new(_ => new Step.Abort()),
        ["set_limits"] = new(
            step => new Step.SetLimits(Fields.WholeOrNull(step, "high"), Fields.WholeOrNull(step, "low")),
            "high",
            "low"
        ),
        ["accept"] = new(step => new Step.Accept(Fields.WholeFrom(step, "n", least: 0)), "n"),
        ["peer_data"] = new(step => new Step.PeerData(OneReceive(step)), "data"),
        ["peer_eof"] = new(_ => new Step.PeerEof()),
        ["lost"] = new(step => new Step.Lost(Fields.Text(step, "name")), "name"),
        ["cancel"] = new(step => new Step.Cancel(Fields.Id(step, "call")), "id"),
    };

    public static Step Parse(JsonElement step, ScriptKind kind)
    {
        if (step.ValueKind != JsonValueKind.Object)
        {
            throw new MalformedScriptException("a step is a JSON object");
        }

        string name = Fields.Text(step, "do");
        if (string.Equals(name, "call", StringComparison.Ordinal))
        {
            return CallParser.Parse(step, kind);
        }

        Dictionary<string, Shape<Step>> known = kind == ScriptKind.Reader ? OfReader : OfWriter;
        return known.TryGetValue(name, out Shape<Step>? shape)
            ? shape.Decode(step, name, "do")
            : throw new MalformedScriptException(
                $"no step is called '{name}' here; there are {string.Join(", ", known.Keys)}, call"
            );
    }

    private static byte[] OneReceive(JsonElement step)
    {
        byte[] data = Fields.Bytes(step, "data");
        return data.Length <= LargestReceive
            ? data
            : throw new MalformedScriptException(
                $"one receive holds at most {LargestReceive} bytes, not {data.Length}"
            );
    }
}
