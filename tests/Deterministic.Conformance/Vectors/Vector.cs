using System.Text.Json;

namespace Deterministic.Conformance;

/// <summary>A script with its expected answer.</summary>
/// <param name="Script">The script.</param>
/// <param name="Steps">The steps as they were written.</param>
/// <param name="Answer">The expected entries, without what is at rest.</param>
internal sealed record Vector(Script Script, IReadOnlyList<JsonElement> Steps, IReadOnlyList<JsonElement> Answer)
{
    public static Vector Parse(string line)
    {
        JsonElement vector = JsonElement.Parse(line);
        return new Vector(ScriptParser.Parse(vector), List(vector, "steps"), List(vector, "answer"));
    }

    /// <summary>A script and another player's answer to it, each as the line it is.</summary>
    public static Vector Parse(string script, string answer)
    {
        JsonElement asked = JsonElement.Parse(script);
        return new Vector(ScriptParser.Parse(asked), List(asked, "steps"), List(JsonElement.Parse(answer), "steps"));
    }

    /// <summary>The vectors of a file, in order.</summary>
    public static IEnumerable<Vector> ReadFile(string path) =>
        File.ReadLines(path).Where(line => !string.IsNullOrWhiteSpace(line)).Select(Parse);

    private static JsonElement[] List(JsonElement vector, string name) =>
        vector.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : throw new MalformedScriptException($"a vector has a list {name}");
}
