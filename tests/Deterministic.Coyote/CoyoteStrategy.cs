using Deterministic.Exploration;
using Deterministic.Simulation;
using Microsoft.Coyote.Random;

namespace Deterministic.Coyote;

/// <summary>Lets Coyote's engine take every decision of a simulated run: its traces then replay ours, and its generator explores the tape.</summary>
internal sealed class CoyoteStrategy : ChoiceStrategy
{
    private readonly Generator _generator = Generator.Create();

    public override int Choose(ChoiceKind kind, int alternatives) => _generator.NextInteger(alternatives);
}
