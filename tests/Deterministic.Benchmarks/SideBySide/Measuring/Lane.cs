namespace Deterministic.Benchmarks.SideBySide;

/// <summary>The turns of one server, in the order of the rounds.</summary>
/// <param name="Contestant">Which.</param>
/// <param name="Turns">One for each round.</param>
internal sealed record Lane(Contestant Contestant, IReadOnlyList<Turn> Turns)
{
    public IEnumerable<double> Rates => Turns.Select(turn => turn.Rate);

    /// <summary>This one's rate in terms of another's, round by round, so that what slowed the machine for a while slowed both.</summary>
    public Spread RatioTo(Lane other) => Spread.Of(Rates.Zip(other.Rates, (mine, theirs) => mine / theirs));
}
