using System.Diagnostics;

namespace Deterministic.Exploration.Naming;

/// <summary>The names of <see cref="ChoiceKind"/> in files. They are part of the file format: a name never changes.</summary>
internal static class ChoiceKindNames
{
    private static readonly ChoiceKind[] All = Enum.GetValues<ChoiceKind>();

    public static string NameOf(ChoiceKind kind) =>
        kind switch
        {
            ChoiceKind.Schedule => "schedule",
            ChoiceKind.Random => "random",
            ChoiceKind.Latency => "latency",
            ChoiceKind.Split => "split",
            ChoiceKind.Stall => "stall",
            ChoiceKind.Connect => "connect",
            ChoiceKind.Close => "close",
            ChoiceKind.Reset => "reset",
            ChoiceKind.Fault => "fault",
            _ => throw new UnreachableException($"ChoiceKind {(int)kind} has no name."),
        };

    public static ChoiceKind? Find(ReadOnlySpan<char> name)
    {
        foreach (var kind in All)
        {
            if (name.SequenceEqual(NameOf(kind)))
            {
                return kind;
            }
        }

        return null;
    }
}
