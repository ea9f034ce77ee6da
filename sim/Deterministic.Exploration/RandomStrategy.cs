namespace Deterministic.Exploration;

/// <summary>Takes every alternative with the same probability, drawn by <see cref="Xoshiro256.Below"/> from a seed.</summary>
/// <param name="seed">Determines the whole run; its meaning never changes.</param>
public sealed class RandomStrategy(ulong seed) : ChoiceStrategy
{
    private readonly Xoshiro256 _random = new(seed);

    /// <summary>Determines the whole run.</summary>
    public ulong Seed => seed;

    /// <inheritdoc/>
    public override int Choose(ChoiceKind kind, int alternatives) => _random.Below(alternatives);

    /// <summary>Its seed, for messages.</summary>
    public override string ToString() => $"seed {seed}";
}
