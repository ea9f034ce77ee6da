using System.Text;
using Spectre.Console;

namespace Deterministic.Simulation.Tool;

/// <summary>
/// Rows under headings. On a terminal the last column wraps in the remaining width; if that is too narrow, the last cell of each row
/// is on separate lines. In a pipe each row is one plain line, so that <c>grep</c> and <c>cut</c> work.
/// </summary>
/// <param name="headings">A leading space marks a column of numbers, which is aligned to the right.</param>
internal sealed class TextTable(params string[] headings)
{
    /// <summary>Fewer columns than this would leave one word a line.</summary>
    private const int MinLastColumnWidth = 24;

    private const string Indent = "  ";

    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(TextEscaper.Of)]);

    public void Print(ToolEnvironment environment)
    {
        int[] widths = [.. headings.Select((_, column) => WidthOf(column))];
        if (environment.Terminal is not { } terminal)
        {
            environment.WriteLine(Plain([.. headings.Select(heading => heading.Trim())], widths));
            foreach (string[] row in _rows)
            {
                environment.WriteLine(Plain(row, widths));
            }

            return;
        }

        int left = terminal.Profile.Width - BordersOf(headings.Length) - widths[..^1].Sum();
        if (left >= Math.Min(widths[^1], MinLastColumnWidth))
        {
            widths[^1] = Math.Min(widths[^1], left);
            terminal.Write(Drawn(widths));
        }
        else
        {
            PrintStacked(environment, terminal.Profile.Width);
        }
    }

    private static int BordersOf(int columns) => (3 * columns) + 1;

    private bool IsNumber(int column) => headings[column].StartsWith(' ');

    private int WidthOf(int column) =>
        _rows.Select(row => row[column]).Append(headings[column].Trim()).Max(cell => cell.GetCellWidth());

    /// <summary>With our own widths and line breaks: by default the library truncates cells if space is scarce.</summary>
    private Table Drawn(int[] widths)
    {
        Table table = new() { Border = TableBorder.Rounded };
        for (int column = 0; column < headings.Length; column++)
        {
            TableColumn drawn = new(new Text(headings[column].Trim())) { NoWrap = true, Width = widths[column] };
            table.AddColumn(IsNumber(column) ? drawn.RightAligned() : drawn);
        }

        foreach (string[] row in _rows)
        {
            string last = string.Join('\n', Wrapping.Lines(row[^1], widths[^1]));
            table.AddRow(row[..^1].Append(last).Select(cell => new Text(cell)));
        }

        return table;
    }

    /// <summary>A narrow terminal: the short cells first, the long one below them.</summary>
    private void PrintStacked(ToolEnvironment environment, int width)
    {
        foreach (string[] row in _rows)
        {
            // There are no headings here, and a number needs one.
            IEnumerable<string> cells = row[..^1]
                .Select((cell, column) => IsNumber(column) ? $"{headings[column].Trim()} {cell}" : cell);
            string start = string.Join(Indent, cells.Where(cell => cell.Length > 0));
            bool fits = start.GetCellWidth() <= width;
            foreach (string line in fits ? [start] : Wrapping.Lines(start, width))
            {
                environment.WriteLine(line);
            }

            foreach (string line in Wrapping.Lines(row[^1], width - Indent.Length))
            {
                environment.WriteLine(Indent + line);
            }
        }
    }

    private string Plain(string[] cells, int[] widths)
    {
        StringBuilder line = new();
        for (int column = 0; column < cells.Length; column++)
        {
            string padding = new(' ', widths[column] - cells[column].GetCellWidth());
            line.Append(IsNumber(column) ? padding + cells[column] : cells[column] + padding).Append("  ");
        }

        return line.ToString().TrimEnd();
    }
}
