namespace Deterministic.Simulation.Tool;

/// <summary>One entry of a list: a name and a description, which wraps on a terminal beside the name, or below it on a narrow terminal.</summary>
internal static class Entry
{
    private const string Indent = "  ";

    /// <summary>Fewer columns than this would leave one word a line.</summary>
    private const int MinDescriptionWidth = 24;

    /// <param name="environment">Where to write.</param>
    /// <param name="name">Padded to the width of the longest.</param>
    /// <param name="description">One line of text.</param>
    public static void Print(ToolEnvironment environment, string name, string description)
    {
        string start = $"{Indent}{name}{Indent}";
        if (environment.Terminal is not { } terminal)
        {
            environment.WriteLine(start + description);
            return;
        }

        int width = terminal.Profile.Width;
        if (width - start.Length >= MinDescriptionWidth)
        {
            foreach (string line in Wrapping.Lines(description, width - start.Length))
            {
                environment.WriteLine(start + line);
                start = new string(' ', start.Length);
            }

            return;
        }

        environment.WriteLine(start.TrimEnd());
        foreach (string line in Wrapping.Lines(description, width - (2 * Indent.Length)))
        {
            environment.WriteLine($"{Indent}{Indent}{line}");
        }
    }
}
