using System.Text;
using Spectre.Console;

namespace Deterministic.Simulation.Tool;

/// <summary>
/// Rows under headings: drawn on a terminal, where long cells wrap; in a pipe one plain line for each row, so that <c>grep</c> and <c>cut</c> work.
/// </summary>
/// <param name="headings">Those that begin with a space mark columns of numbers, which are aligned to the right.</param>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(OneLine.Of)]);

    public void Print(ToolEnvironment environment)
    {
        if (environment.Terminal is { } terminal)
        {
            terminal.Write(Drawn());
            return;
        }

        int[] widths =
        [
            .. headings.Select(
                (heading, column) => _rows.Select(row => row[column].Length).Append(heading.Trim().Length).Max()
            ),
        ];
        environment.Say(Plain([.. headings.Select(heading => heading.Trim())], widths));
        foreach (string[] row in _rows)
        {
            environment.Say(Plain(row, widths));
        }
    }

    private bool IsNumber(int column) => headings[column].StartsWith(' ');

    private Table Drawn()
    {
        Table table = new() { Border = TableBorder.Rounded };
        for (int column = 0; column < headings.Length; column++)
        {
            TableColumn drawn = new(new Text(headings[column].Trim())) { NoWrap = column < headings.Length - 1 };
            table.AddColumn(IsNumber(column) ? drawn.RightAligned() : drawn);
        }

        foreach (string[] row in _rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        return table;
    }

    private string Plain(string[] cells, int[] widths)
    {
        StringBuilder line = new();
        for (int column = 0; column < cells.Length; column++)
        {
            line.Append(
                    IsNumber(column) ? cells[column].PadLeft(widths[column]) : cells[column].PadRight(widths[column])
                )
                .Append("  ");
        }

        return line.ToString().TrimEnd();
    }
}
