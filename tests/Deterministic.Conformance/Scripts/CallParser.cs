using System.Text.Json;

namespace Deterministic.Conformance;

/// <summary>The calls of the format, each with its fields.</summary>
internal static class CallParser
{
    private static readonly byte[][] LineFeed =
    [
        [(byte)'\n'],
    ];

    private static readonly Dictionary<string, Shape<Call>> OfReader = new(StringComparer.Ordinal)
    {
        ["read"] = new(call => new Call.Read(Fields.Whole(call, "n", otherwise: -1)), "n"),
        ["readline"] = new(_ => new Call.ReadLine()),
        ["readexactly"] = new(call => new Call.ReadExactly(Fields.Whole(call, "n")), "n"),
        ["readuntil"] = new(call => new Call.ReadUntil(Separators(call)), "separators"),
        ["next"] = new(_ => new Call.Next()),
    };

    private static readonly Dictionary<string, Shape<Call>> OfWriter = new(OfReader, StringComparer.Ordinal)
    {
        ["drain"] = new(_ => new Call.Drain()),
        ["wait_closed"] = new(_ => new Call.WaitClosed()),
    };

    public static Step.MakeCall Parse(JsonElement step, ScriptKind kind)
    {
        Identity id = Fields.Id(step, "call");
        string name = Fields.Text(step, "call");
        Dictionary<string, Shape<Call>> known = kind == ScriptKind.Reader ? OfReader : OfWriter;
        return known.TryGetValue(name, out Shape<Call>? shape)
            ? new Step.MakeCall(id, shape.Decode(step, name, "do", "id", "call"))
            : throw new MalformedScriptException(
                $"no call is called '{name}' here; there are {string.Join(", ", known.Keys)}"
            );
    }

    private static byte[][] Separators(JsonElement call) =>
        call.TryGetProperty("separators", out _) ? Fields.ManyBytes(call, "separators") : LineFeed;
}
