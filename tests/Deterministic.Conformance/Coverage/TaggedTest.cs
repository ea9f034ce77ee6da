namespace Deterministic.Conformance;

/// <summary>A test that a runner finds and runs, with what it says it shows.</summary>
/// <param name="Assembly">The assembly it is in: two projects may have tests of the same name.</param>
/// <param name="Name"><c>Class.Method</c>, of the class that is run.</param>
/// <param name="Clauses">The clauses named at the method or its class.</param>
/// <param name="Members">The documented members and parameters named there.</param>
internal sealed record TaggedTest(
    string Assembly,
    string Name,
    IReadOnlyList<string> Clauses,
    IReadOnlyList<string> Members
);
