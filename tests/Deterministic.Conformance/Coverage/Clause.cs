namespace Deterministic.Conformance;

/// <summary>One clause, as its document has it.</summary>
/// <param name="Id">For ever its own.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Fields">The line of fields under it: status, script and so on.</param>
internal sealed record Clause(string Id, string Title, IReadOnlyDictionary<string, string> Fields)
{
    public string Status => Fields["status"];

    public string Members => Fields["members"];

    /// <summary>Whether there is something built that can be shown.</summary>
    public bool IsBuilt => Status is "followed" or "deviates";

    /// <summary>Whether a script can show it, so that a vector is owed; the ids of other clauses do not count.</summary>
    public bool IsScriptable => string.Equals(Fields["script"], "yes", StringComparison.Ordinal);

    /// <summary>The clause whose vectors show this one too, or null.</summary>
    public string? ShownBy => Fields["script"] is ['s', 'e', 'e', ' ', .. string other] ? other : null;
}
