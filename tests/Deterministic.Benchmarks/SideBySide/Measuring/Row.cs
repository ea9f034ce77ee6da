namespace Deterministic.Benchmarks.SideBySide;

/// <summary>The turns of several servers under one load.</summary>
/// <param name="Title">What the load is.</param>
/// <param name="Lanes">One for each server.</param>
internal sealed record Row(string Title, IReadOnlyList<Lane> Lanes)
{
    public Lane? Ours => Lanes.FirstOrDefault(lane => lane.Contestant.IsOurs);

    /// <summary>The peer with the highest median: the one to be beaten.</summary>
    public Lane? BestPeer =>
        Lanes
            .Where(lane => lane.Contestant is { IsOurs: false, IsCeiling: false })
            .MaxBy(lane => Spread.Of(lane.Rates).Median);
}
