namespace Deterministic.Conformance;

/// <summary>The coverage can't be read: test assemblies are missing or out of date.</summary>
/// <param name="problems">What is wrong, one entry for each project.</param>
internal sealed class TestsNotBuiltException(IReadOnlyList<string> problems)
    : Exception(
        $"Coverage is read from the built tests. Build them first, with `dotnet build`: {string.Join("; ", problems)}."
    );
