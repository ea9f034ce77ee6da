namespace Deterministic.Simulation;

/// <summary>The profiles that come with the simulator.</summary>
public static class FaultProfiles
{
    /// <summary>A quiet local network: short latencies, no faults, segments arrive as they were sent.</summary>
    public static FaultProfile Calm { get; } =
        new() { Name = "calm", Description = "a quiet local network: short latencies, no faults" };

    /// <summary>
    /// A long way over lossy lines: latencies as between continents, writes cut anywhere, losses that show as retransmission stalls
    /// (200 ms is the shortest retransmission time-out of common stacks, 2 s that of the fourth attempt). No connection is lost.
    /// </summary>
    public static FaultProfile LossyWan { get; } =
        new()
        {
            Name = "lossy-wan",
            Description = "long latencies, writes cut anywhere, stalls of up to 2 s; no connection is lost",
            MinLatency = TimeSpan.FromMilliseconds(10),
            MaxLatency = TimeSpan.FromMilliseconds(150),
            SplitPerMille = 250,
            ShortWritePerMille = 50,
            ShortReadPerMille = 100,
            StallPerMille = 30,
            MaxStall = TimeSpan.FromSeconds(2),
        };

    /// <summary>
    /// Everything that a legal network may do, often: on top of <see cref="LossyWan"/>, resets in mid-stream, refused connections, long stalls and a
    /// window so small that senders block.
    /// </summary>
    public static FaultProfile Hostile { get; } =
        LossyWan with
        {
            Name = "hostile",
            Description = "as lossy-wan, and resets, refused connections, stalls of up to 10 s, a tiny window",
            MinLatency = TimeSpan.FromMilliseconds(1),
            MaxLatency = TimeSpan.FromMilliseconds(500),
            SplitPerMille = 500,
            ShortWritePerMille = 200,
            ShortReadPerMille = 300,
            StallPerMille = 50,
            MaxStall = TimeSpan.FromSeconds(10),
            ResetPerMille = 10,
            RefusePerMille = 100,
            WindowBytes = 1024,
        };

    /// <summary>All of them, mildest first.</summary>
    public static IReadOnlyList<FaultProfile> All { get; } = [Calm, LossyWan, Hostile];

    /// <summary>The profile of that name, or null.</summary>
    /// <param name="name">As in <see cref="FaultProfile.Name"/>; case matters.</param>
    public static FaultProfile? Find(string name) =>
        All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.Ordinal));
}
