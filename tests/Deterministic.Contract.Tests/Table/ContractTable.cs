using System.Globalization;

namespace Deterministic.Contract.Tests;

/// <summary>Cases by arms, as text: rows and columns aligned, and below them what is missing where, and what failed how.</summary>
internal sealed class ContractTable(IReadOnlyList<ContractCase> cases, IReadOnlyList<Column> columns)
{
    /// <summary>What the arms lack, in the order in which the table first says so.</summary>
    private readonly List<ContractCapabilities> _missing = [];

    public void WriteTo(TextWriter output)
    {
        List<string[]> rows =
        [
            ["", .. columns.Select(column => column.Arm.Name)],
        ];
        for (int row = 0; row < cases.Count; row++)
        {
            int number = row;
            rows.Add([cases[row].Name, .. columns.Select(column => Cell(column.Results[number]))]);
        }

        rows.Add([]);
        rows.Add(["passed", .. columns.Select(column => Number(column.Count(CaseOutcome.Passed)))]);
        rows.Add(["failed", .. columns.Select(column => Number(column.Count(CaseOutcome.Failed)))]);
        rows.Add(["n/a", .. columns.Select(column => Number(column.Count(CaseOutcome.NotApplicable)))]);
        rows.Add([
            "seconds",
            .. columns.Select(column => column.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)),
        ]);
        WriteAligned(rows, output);
        WriteMissing(output);
        WriteFailures(output);
    }

    private string Cell(CaseResult result)
    {
        if (result.Outcome != CaseOutcome.NotApplicable)
        {
            return result.Outcome == CaseOutcome.Passed ? "pass" : "FAIL";
        }

        if (!_missing.Contains(result.Missing))
        {
            _missing.Add(result.Missing);
        }

        return $"n/a {Letter(_missing.IndexOf(result.Missing))}";
    }

    private static void WriteAligned(List<string[]> rows, TextWriter output)
    {
        int[] widths =
        [
            .. Enumerable
                .Range(0, rows[0].Length)
                .Select(column => rows.Where(row => row.Length > column).Max(row => row[column].Length)),
        ];
        foreach (string[] row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    private void WriteMissing(TextWriter output)
    {
        output.WriteLine();
        for (int index = 0; index < _missing.Count; index++)
        {
            output.WriteLine($"n/a {Letter(index)}: that world lacks {_missing[index]}");
        }
    }

    private void WriteFailures(TextWriter output)
    {
        foreach (Column column in columns)
        {
            for (int row = 0; row < cases.Count; row++)
            {
                if (column.Results[row] is { Outcome: CaseOutcome.Failed } failed)
                {
                    output.WriteLine();
                    output.WriteLine($"{cases[row].Name} on {column.Arm.Name} ({cases[row].Claim})");
                    output.WriteLine(failed.Message);
                }
            }
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static char Letter(int index) => (char)('a' + index);
}
