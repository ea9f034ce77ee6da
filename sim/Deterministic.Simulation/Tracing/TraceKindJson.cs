using System.Text.Json;

namespace Deterministic.Simulation.Tracing;

/// <summary>The names of <see cref="TraceKind"/> in JSON: those of its members, in kebab case. Both are public, and so neither changes.</summary>
internal static class TraceKindJson
{
    private static readonly SortedList<TraceKind, JsonEncodedText> Names = new(
        Enum.GetValues<TraceKind>().ToDictionary(kind => kind, kind => JsonEncodedText.Encode(Kebab(kind)))
    );

    private static readonly Dictionary<string, TraceKind> Kinds = Enum.GetValues<TraceKind>()
        .ToDictionary(Kebab, kind => kind, StringComparer.Ordinal);

    public static JsonEncodedText NameOf(TraceKind kind) => Names[kind];

    public static TraceKind? Find(string name) => Kinds.TryGetValue(name, out TraceKind kind) ? kind : null;

    private static string Kebab(TraceKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
