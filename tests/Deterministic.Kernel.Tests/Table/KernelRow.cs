namespace Deterministic.Kernel.Tests;

/// <summary>What became of a scenario.</summary>
/// <param name="Name">The scenario's.</param>
/// <param name="Place">Where a kernel played it.</param>
/// <param name="Linux">What was seen there, line by line.</param>
/// <param name="Simulated">What was seen in the simulation.</param>
/// <param name="Remark">What else is to be said.</param>
internal sealed record KernelRow(string Name, string Place, string Linux, string Simulated, string Remark)
{
    private const string Same = "the same";
    private const string Break = "<br>";

    public bool Differs => !string.Equals(Linux, Simulated, StringComparison.Ordinal);

    public static string PlaceOf(KernelScenario scenario) =>
        scenario.NeedsPrivilege ? "loopback, as an administrator" : "loopback";

    public static KernelRow Parse(string line) =>
        line.Split('|', StringSplitOptions.TrimEntries)
            is [_, var name, var place, var linux, var simulated, var remark, _]
            ? new KernelRow(
                name,
                place,
                linux.Replace(Break, "\n"),
                (simulated == Same ? linux : simulated).Replace(Break, "\n"),
                remark
            )
            : throw new FormatException($"This is no row of the table: {line}");

    public override string ToString() =>
        $"| {Name} | {Place} | {Linux.Replace("\n", Break)} | {(Differs ? Simulated.Replace("\n", Break) : Same)} | {Remark} |";
}
