using System.Reflection;

namespace Deterministic.Kernel.Tests;

/// <summary><c>specs/kernel.md</c>: text, and a table that is written by a program.</summary>
internal sealed class KernelTable
{
    private const string Head = "| scenario | played on | Linux | the simulator | remark |\n|---|---|---|---|---|\n";

    private readonly string _before;
    private readonly string _after;

    private KernelTable(string text)
    {
        int start = text.IndexOf(Head, StringComparison.Ordinal);
        if (start < 0)
        {
            throw new FormatException($"The table must begin with:\n{Head}");
        }

        start += Head.Length;
        int end = start;
        while (end < text.Length && text[end] == '|')
        {
            end = text.IndexOf('\n', end) + 1;
        }

        _before = text[..start];
        _after = text[end..];
        Rows = [.. text[start..end].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(KernelRow.Parse)];
    }

    /// <summary>In the source tree that this was built from.</summary>
    public static string File { get; } =
        Path.Combine(
            typeof(KernelTable)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => attribute.Key == "Specs")
                .Value!,
            "kernel.md"
        );

    public IReadOnlyList<KernelRow> Rows { get; }

    public static KernelTable Read() => new(System.IO.File.ReadAllText(File).ReplaceLineEndings("\n"));

    public KernelRow Row(string name) => Rows.Single(row => row.Name == name);

    public void Write(IEnumerable<KernelRow> rows) =>
        System.IO.File.WriteAllText(File, $"{_before}{string.Concat(rows.Select(row => $"{row}\n"))}{_after}");
}
