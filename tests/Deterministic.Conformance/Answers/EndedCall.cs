namespace Deterministic.Conformance;

/// <summary>A call that has ended, and how.</summary>
/// <param name="Id">The call's id.</param>
/// <param name="Outcome">How it ended.</param>
internal readonly record struct EndedCall(Identity Id, Outcome Outcome);
