namespace Deterministic.Benchmarks.SideBySide;

/// <summary>The turns of several servers under one load.</summary>
/// <param name="Title">What the load is.</param>
/// <param name="Lanes">One for each server.</param>
/// <param name="Bystanders">The share of the machine that other processes took meanwhile; null if unknown.</param>
internal sealed record Row(string Title, IReadOnlyList<Lane> Lanes, double? Bystanders)
{
    public Lane? Ours => Lanes.FirstOrDefault(lane => lane.Contestant.IsOurs);

    /// <summary>The peer with the highest median: the one to be beaten.</summary>
    public Lane? BestPeer =>
        Lanes
            .Where(lane => lane.Contestant is { IsOurs: false, IsCeiling: false })
            .MaxBy(lane => Spread.Of(lane.Rates).Median);
}
