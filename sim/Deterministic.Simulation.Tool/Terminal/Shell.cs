namespace Deterministic.Simulation.Tool;

/// <summary>Quotes arguments for the user's shell.</summary>
internal static class Shell
{
    public static string Quote(string word)
    {
        if (word.Length > 0 && word.All(IsHarmless))
        {
            return word;
        }

        return OperatingSystem.IsWindows()
            ? $"\"{word}\""
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    private static bool IsHarmless(char c) =>
        char.IsLetterOrDigit(c)
        || c is '.' or '_' or '-' or '+' or '/' or '@' or ':' or ','
        || c == Path.DirectorySeparatorChar;
}
