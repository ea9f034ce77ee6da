using System.Text.Json;

namespace Deterministic.Conformance;

/// <summary>Plays vectors, compares the answers with the expected ones and shows the first scripts that differ.</summary>
internal static class CheckCommand
{
    private const int Shown = 10;

    public static int Run(IReadOnlyList<string> paths, TextWriter output, TextWriter errors)
    {
        using VectorRun run = new();
        foreach (string file in paths.SelectMany(Files))
        {
            try
            {
                foreach (Vector vector in Vector.ReadFile(file))
                {
                    run.Play(vector);
                }
            }
            catch (Exception error) when (error is MalformedScriptException or JsonException or IOException)
            {
                errors.WriteLine($"{file}: {error.Message}");
                return ExitCode.Malformed;
            }
        }

        foreach (Difference difference in run.Differences.Take(Shown))
        {
            output.WriteLine(difference);
        }

        output.WriteLine($"{run.Same} same, {run.Differences.Count} differ");
        return run.Differences.Count > 0 || run.Same == 0 ? ExitCode.Different : ExitCode.Good;
    }

    private static IEnumerable<string> Files(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.jsonl").Order(StringComparer.Ordinal) : [path];
}
