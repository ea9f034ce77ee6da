using Deterministic.Exploration;

namespace Deterministic.Simulation.Tool;

/// <summary>What two runs of one seed must have in common besides their traces, as one line of ASCII, so that no pipe changes it.</summary>
internal static class RunSignature
{
    public static string Of(SimulationRun run)
    {
        string finding = run.Finding is { } found
            ? $"{found.Property} at {Format.Seconds(found.Time)}: {found.Detail}"
            : "nothing found";
        return TextEscaper.InAscii(
            $"{Format.Count(run.Tape.Choices.Count, "decision")} ({HashOf(run.Tape):x16}), {Format.Count(run.Steps, "step")}, "
                + $"{run.VirtualTime:c} of virtual time, {finding}"
        );
    }

    /// <summary>FNV-1a over whole numbers: enough to distinguish two tapes of one program.</summary>
    private static ulong HashOf(Tape tape)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (Choice choice in tape.Choices)
        {
            hash = (hash ^ (ulong)choice.Kind) * 0x100000001b3;
            hash = (hash ^ (ulong)choice.Alternatives) * 0x100000001b3;
            hash = (hash ^ (ulong)choice.Chosen) * 0x100000001b3;
        }

        return hash;
    }
}
