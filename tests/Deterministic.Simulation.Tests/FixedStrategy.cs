using Deterministic.Exploration;

namespace Deterministic.Simulation.Tests;

/// <summary>Chooses by a rule of the test.</summary>
internal sealed class FixedStrategy(Func<ChoiceKind, int, int> choose) : ChoiceStrategy
{
    public static FixedStrategy First => new((_, _) => 0);

    public static FixedStrategy Last => new((_, alternatives) => alternatives - 1);

    public override int Choose(ChoiceKind kind, int alternatives) => choose(kind, alternatives);
}
