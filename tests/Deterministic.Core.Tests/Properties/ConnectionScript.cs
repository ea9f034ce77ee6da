using FsCheck;
using FsCheck.Fluent;

namespace Deterministic.Core.Tests;

/// <summary>A random lifecycle of a connection: what its user, its transport and its peer do.</summary>
public sealed record ConnectionScript(int Limit, int High, ConnectionStep[] Steps)
{
    private static readonly Gen<ConnectionStep> Step = Gen.Frequency(
        (8, Of(ConnectionStepKind.Write, 0, 12)),
        (8, Of(ConnectionStepKind.WriteDirect, 1, 12)),
        (14, Of(ConnectionStepKind.Accept, 1, 12)),
        (3, Of(ConnectionStepKind.SetLimits, 0, 20)),
        (8, Of(ConnectionStepKind.PeerData, 1, 12)),
        (5, Of(ConnectionStepKind.Read)),
        (4, Of(ConnectionStepKind.Finish)),
        (1, Of(ConnectionStepKind.WriteEof)),
        (1, Of(ConnectionStepKind.PeerEof)),
        (1, Of(ConnectionStepKind.Close)),
        (
            1,
            Gen.Frequency(
                (2, Of(ConnectionStepKind.Abort)),
                (3, Of(ConnectionStepKind.Fail)),
                (10, Of(ConnectionStepKind.Read))
            )
        )
    );

    public static Gen<ConnectionScript> All { get; } =
        from limit in Gen.Choose(1, 9)
        from high in Gen.Choose(0, 20)
        from steps in Step.ListOf()
        select new ConnectionScript(limit, high, [.. steps]);

    public static IEnumerable<ConnectionScript> Shrink(ConnectionScript script)
    {
        ConnectionStep[] steps = script.Steps;
        for (int size = steps.Length / 2; size > 0; size /= 2)
        {
            for (int at = 0; at + size <= steps.Length; at += size)
            {
                yield return script with
                {
                    Steps = [.. steps[..at], .. steps[(at + size)..]],
                };
            }
        }
    }

    public override string ToString() => $"limit {Limit}, high {High}: {string.Join("; ", Steps.AsEnumerable())}";

    private static Gen<ConnectionStep> Of(ConnectionStepKind kind, int least = 0, int most = 0) =>
        Gen.Choose(least, most).Select(count => new ConnectionStep(kind, count));
}
