namespace Deterministic.Conformance;

/// <summary><c>coverage SPECS TESTS</c>: writes the coverage table anew, and says what is shown by nothing.</summary>
internal static class CoverageCommand
{
    public static int Run(string specs, string tests, TextWriter output)
    {
        CoverageTable table = new(specs, tests);
        File.WriteAllText(Path.Combine(specs, "coverage.md"), table.Write());
        string[] unshown = [.. table.Unshown, .. table.WithoutVector, .. table.Unknown, .. table.EmptyRows];
        output.WriteLine(
            unshown.Length == 0
                ? "Everything built is shown by a vector or a test."
                : $"Shown by nothing, or unknown: {string.Join(' ', unshown)}"
        );
        return unshown.Length == 0 ? ExitCode.Good : ExitCode.Different;
    }
}
