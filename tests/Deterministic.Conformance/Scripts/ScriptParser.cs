using System.Text.Json;
using Deterministic.Core;

namespace Deterministic.Conformance;

/// <summary>
/// Reads one line of the script format into a <see cref="Script"/>, or says in one line what is wrong with it. Everything that can be refused
/// is refused here, so that the worlds only ever meet steps they know.
/// </summary>
internal static class ScriptParser
{
    public static Script Parse(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return Parse(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new MalformedScriptException($"not JSON: {error.Message}", error);
        }
    }

    public static Script Parse(JsonElement script)
    {
        if (script.ValueKind != JsonValueKind.Object)
        {
            throw new MalformedScriptException("a script is a JSON object");
        }

        Identity id = Fields.Id(script, "script");
        int number = 0;
        try
        {
            ScriptKind kind = Kind(script);
            int limit = Fields.Whole(script, "limit", ReaderMachine.DefaultLimit);
            Require(limit > 0, "limit must be above zero");
            (int? high, int? low) = kind == ScriptKind.Writer ? Watermarks(script) : default;
            Require(
                script.TryGetProperty("steps", out JsonElement list) && list.ValueKind == JsonValueKind.Array,
                "steps must be a list"
            );
            List<Step> steps = [];
            HashSet<Identity> calls = [];
            foreach (JsonElement step in list.EnumerateArray())
            {
                number++;
                Step parsed = StepParser.Parse(step, kind);
                Require(parsed is not Step.MakeCall call || calls.Add(call.Id), "the call id is used twice");
                steps.Add(parsed);
            }

            return new Script(id, kind, limit, high, low, steps);
        }
        catch (MalformedScriptException error)
        {
            string where = number == 0 ? $"script {id}" : $"script {id}, step {number}";
            throw new MalformedScriptException($"{where}: {error.Message}", error);
        }
    }

    private static ScriptKind Kind(JsonElement script) =>
        Fields.Text(script, "kind") switch
        {
            "reader" => ScriptKind.Reader,
            "writer" => ScriptKind.Writer,
            string other => throw new MalformedScriptException($"kind must be reader or writer, not '{other}'"),
        };

    /// <summary>Watermarks of the script itself. Bad ones have no step to be reported in, so they are malformed.</summary>
    private static (int? High, int? Low) Watermarks(JsonElement script)
    {
        int? high = Fields.WholeOrNull(script, "high");
        int? low = Fields.WholeOrNull(script, "low");
        try
        {
            _ = WriteBufferLimits.Create(high, low);
            return (high, low);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new MalformedScriptException(
                $"high ({high}) must be at least low ({low}), and low at least 0",
                error
            );
        }
    }

    private static void Require(bool good, string otherwise)
    {
        if (!good)
        {
            throw new MalformedScriptException(otherwise);
        }
    }
}
