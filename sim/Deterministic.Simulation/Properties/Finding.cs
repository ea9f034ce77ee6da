namespace Deterministic.Simulation;

/// <summary>A property that did not hold.</summary>
/// <param name="Property">Which: a name of <see cref="BuiltInProperties"/>, or one of the scenario's own.</param>
/// <param name="Time">When, in the time of the world, since its start.</param>
/// <param name="Detail">What happened, in one line.</param>
public sealed record Finding(string Property, TimeSpan Time, string Detail)
{
    /// <summary>Who waits for what, if it is that the program does not end.</summary>
    public IReadOnlyList<Waiter> Waiters { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(Finding? other) =>
        other is not null
        && string.Equals(Property, other.Property, StringComparison.Ordinal)
        && Time == other.Time
        && string.Equals(Detail, other.Detail, StringComparison.Ordinal)
        && Waiters.SequenceEqual(other.Waiters);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Property, Time, Detail);
}
