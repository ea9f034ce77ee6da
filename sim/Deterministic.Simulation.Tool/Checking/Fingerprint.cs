using System.Globalization;
using System.Runtime.InteropServices;

namespace Deterministic.Simulation.Tool;

/// <summary>One line that identifies a run: equal for equal runs.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Fingerprint(ulong Seed, string Text)
{
    private const char Separator = ' ';

    public static Fingerprint Of(SimulationRun run) =>
        new(run.Seed, $"{run.Trace.Hash:x16}, {Format.Count(run.Trace.Count, "event")}, {RunSignature.Of(run)}");

    public static Fingerprint Parse(string line)
    {
        int end = line.IndexOf(Separator, StringComparison.Ordinal);
        return end > 0 && ulong.TryParse(line.AsSpan(0, end), CultureInfo.InvariantCulture, out ulong seed)
            ? new Fingerprint(seed, line[(end + 1)..])
            : throw new FormatException($"the other process printed '{line}'");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seed}{Separator}{Text}");
}
