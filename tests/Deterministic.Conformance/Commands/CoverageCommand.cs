namespace Deterministic.Conformance;

/// <summary><c>coverage SPECS TESTS</c>: writes the coverage table anew from the built tests, and says what is missing.</summary>
internal static class CoverageCommand
{
    public static int Run(string specs, string tests, TextWriter output, TextWriter errors)
    {
        CoverageTable table;
        try
        {
            table = CoverageTable.Read(specs, tests);
        }
        catch (TestsNotBuiltException error)
        {
            errors.WriteLine(error.Message);
            return ExitCode.Malformed;
        }

        File.WriteAllText(Path.Combine(specs, "coverage.md"), table.Write());
        IReadOnlyList<string> problems = table.Problems;
        foreach (string problem in problems)
        {
            output.WriteLine(problem);
        }

        if (problems.Count > 0)
        {
            return ExitCode.Different;
        }

        output.WriteLine("Everything built is shown by a vector or a test, and every parameter by a test of its own.");
        return ExitCode.Good;
    }
}
