namespace Deterministic.Examples.Tests;

public sealed class ReadmeTests
{
    /// <summary>From here to the end of the file, or to the closing brace of the class, is what the README shows.</summary>
    private static readonly char[] LineEnds = ['\r', '\n'];

    [Theory]
    [InlineData("Greeter.cs", "public static class Greeter")]
    [InlineData("GreeterTests.cs", "    [Fact]")]
    [InlineData("GreeterTests.cs", "    [Simulation(")]
    public void The_README_shows_code_that_compiles_and_passes_here(string file, string from)
    {
        string[] readme = LinesOf("README.md");
        foreach (string line in Shown(LinesOf(file), from))
        {
            readme.ShouldContain(line, $"{file} has a line that the README does not show.");
        }
    }

    private static IEnumerable<string> Shown(string[] lines, string from)
    {
        int indent = from.Length - from.TrimStart().Length;
        string end = new string(' ', indent) + "}";
        return lines
            .SkipWhile(line => !line.StartsWith(from, StringComparison.Ordinal))
            .TakeWhile(line => line != end)
            .Select(line => line[Math.Min(indent, line.Length)..]);
    }

    private static string[] LinesOf(string file) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Shown", file))
            .Split(LineEnds, StringSplitOptions.RemoveEmptyEntries);
}
