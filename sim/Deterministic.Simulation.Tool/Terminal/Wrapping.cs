using Spectre.Console;

namespace Deterministic.Simulation.Tool;

/// <summary>Breaks text into lines that fit into a number of terminal columns; no text is left out.</summary>
internal static class Wrapping
{
    /// <summary>The text in lines. They break between words; a word that is wider than a line is cut.</summary>
    /// <param name="text">One line of text.</param>
    /// <param name="width">In columns: a wide character takes two. At least 2, since a wide character cannot be cut.</param>
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        width = Math.Max(width, 2);
        List<string> lines = [];
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : $"{line} {word}";
            if (longer.GetCellWidth() <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }

            line = word;
            while (line.GetCellWidth() > width)
            {
                int cut = FittingLength(line, width);
                lines.Add(line[..cut]);
                line = line[cut..];
            }
        }

        if (line.Length > 0 || lines.Count == 0)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>How many UTF-16 code units from the start fit; at least one character.</summary>
    private static int FittingLength(string text, int width)
    {
        int length = CharacterLength(text, 0);
        while (length < text.Length)
        {
            int next = length + CharacterLength(text, length);
            if (text[..next].GetCellWidth() > width)
            {
                break;
            }

            length = next;
        }

        return length;
    }

    private static int CharacterLength(string text, int index) => char.IsSurrogatePair(text, index) ? 2 : 1;
}
