namespace Deterministic.Simulation.Stacks;

/// <summary>Lines of source files, where these are at hand: the paths of a reproducible build lead nowhere.</summary>
internal static class SourceCode
{
    /// <summary>A line, trimmed; null if it can't be read.</summary>
    /// <param name="file">The source file.</param>
    /// <param name="line">Counted from 1.</param>
    public static string? LineOf(string file, int line)
    {
        try
        {
            return File.Exists(file) ? File.ReadLines(file).ElementAtOrDefault(line - 1)?.Trim() : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
