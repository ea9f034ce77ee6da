namespace Deterministic.Contract.Tests;

internal enum CaseOutcome
{
    /// <summary>The arm keeps it.</summary>
    Passed,

    /// <summary>It does not.</summary>
    Failed,

    /// <summary>It can't be held to it.</summary>
    NotApplicable,
}
