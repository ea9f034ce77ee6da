using System.Globalization;
using Spectre.Console;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>One row of the comparison as a table, with the verdict below.</summary>
internal static class RowReport
{
    /// <summary>Wide enough that no cell wraps where the output goes to a file.</summary>
    private const int LeastWidth = 130;

    public static void Print(Row row, string operations)
    {
        Table table = new() { Border = TableBorder.Rounded };
        table.AddColumn("server");
        AddNumber(table, $"1000 {operations}/s");
        AddNumber(table, "min");
        AddNumber(table, "max");
        AddNumber(table, "ours / this");
        AddNumber(table, "min");
        AddNumber(table, "max");
        AddNumber(table, "allocated, B");
        AddNumber(table, "CPU, µs");
        foreach (Lane lane in row.Lanes)
        {
            table.AddRow(Cells(row, lane).Select(cell => new Text(cell)));
        }

        IAnsiConsole console = AnsiConsole.Console;
        console.Profile.Width = Math.Max(console.Profile.Width, LeastWidth);
        console.WriteLine(row.Title);
        console.Write(table);
        if (row.Bystanders is { } share)
        {
            console.WriteLine($"Other processes took {Number(share * 100, "N0")} % of the machine meanwhile.");
        }

        console.WriteLine(Verdict(row));
        console.WriteLine();
    }

    private static IEnumerable<string> Cells(Row row, Lane lane)
    {
        Spread rate = Spread.Of(lane.Rates);
        yield return lane.Contestant.Name;
        yield return Thousands(rate.Median);
        yield return Thousands(rate.Least);
        yield return Thousands(rate.Most);
        Spread? ratio = lane.Contestant.IsOurs ? null : row.Ours?.RatioTo(lane);
        yield return Ratio(ratio?.Median);
        yield return Ratio(ratio?.Least);
        yield return Ratio(ratio?.Most);
        yield return Number(Spread.Of(lane.Turns.Select(turn => turn.BytesPerOperation)).Median, "N1");
        yield return Number(Spread.Of(lane.Turns.Select(turn => turn.CpuPerOperation)).Median, "N3");
    }

    private static string Verdict(Row row)
    {
        if (row.Ours is not { } ours || row.BestPeer is not { } best)
        {
            return $"{row.Title}: nothing to compare with";
        }

        Spread ratio = ours.RatioTo(best);
        return $"{row.Title}: ours / best peer ({best.Contestant.Name}) = {Ratio(ratio.Median)} ({Ratio(ratio.Least)} to {Ratio(ratio.Most)})";
    }

    private static void AddNumber(Table table, string heading) =>
        table.AddColumn(new TableColumn(new Text(heading)) { NoWrap = true }.RightAligned());

    private static string Thousands(double value) => Number(value / 1000, "N1");

    private static string Ratio(double? value) => value is { } known ? Number(known, "N2") : "";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
