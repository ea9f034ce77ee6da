namespace Deterministic.Conformance;

/// <summary>One script, decoded: whatever can be refused about it has been.</summary>
/// <param name="Id">Comes back with the answer.</param>
/// <param name="Kind">What it acts on.</param>
/// <param name="Limit">The reader's limit.</param>
/// <param name="High">Of the writer, set before the first step; null if left out.</param>
/// <param name="Low">Of the writer, set before the first step; null if left out.</param>
/// <param name="Steps">What happens.</param>
internal sealed record Script(Identity Id, ScriptKind Kind, int Limit, int? High, int? Low, IReadOnlyList<Step> Steps);
