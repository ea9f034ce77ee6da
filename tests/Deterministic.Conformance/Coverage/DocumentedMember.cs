namespace Deterministic.Conformance;

/// <summary>A member or a parameter that asyncio's documentation names.</summary>
/// <param name="Name">As documented; that of a parameter is <c>member(parameter)</c>.</param>
/// <param name="Documented">The versions of the documentation.</param>
/// <param name="Clauses">What says how it behaves.</param>
/// <param name="State">built, differs, partly, planned or none.</param>
/// <param name="Here">What it is here, or why it is not.</param>
internal sealed record DocumentedMember(
    string Name,
    string Documented,
    IReadOnlyList<string> Clauses,
    string State,
    string Here
)
{
    public bool IsBuilt => State is "built" or "differs" or "partly";

    /// <summary>Whether it is one parameter, for which a test of its own is owed.</summary>
    public bool IsParameter => Name.IndexOf('(', StringComparison.Ordinal) is >= 0 and int at && Name[at + 1] != ')';
}
