namespace Deterministic.Exploration;

/// <summary>Takes every alternative with the same probability, as <see cref="Xoshiro256.Below"/> draws it from a seed.</summary>
/// <param name="seed">What the whole run follows from; means the same for ever.</param>
public sealed class RandomStrategy(ulong seed) : ChoiceStrategy
{
    private readonly Xoshiro256 _random = new(seed);

    /// <summary>What the whole run follows from.</summary>
    public ulong Seed => seed;

    /// <inheritdoc/>
    public override int Choose(ChoiceKind kind, int alternatives) => _random.Below(alternatives);

    /// <summary>Its seed, for messages.</summary>
    public override string ToString() => $"seed {seed}";
}
