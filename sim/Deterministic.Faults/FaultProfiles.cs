using Deterministic.Faults.Catalog;

namespace Deterministic.Faults;

/// <summary>The built-in profiles.</summary>
public static class FaultProfiles
{
    /// <summary>A quiet local network: short latencies, no faults, segments arrive as they were sent.</summary>
    public static FaultProfile Calm { get; } =
        new() { Name = "calm", Description = "a quiet local network: short latencies, no faults" };

    /// <summary>
    /// A long, lossy route: latencies as between continents, writes split anywhere, losses that appear as retransmission stalls
    /// (200 ms is the shortest retransmission time-out of common stacks, 2 s that of the fourth attempt). No connection is lost.
    /// </summary>
    public static FaultProfile LossyWan { get; } =
        new()
        {
            Name = "lossy-wan",
            Description = "long latencies, writes cut anywhere, stalls of up to 2 s; no connection is lost",
            Latency = LatencyDistribution.Uniform(Milliseconds(10), Milliseconds(150)),
            Rules =
            [
                Fault.Slicer().WithProbability(250),
                Fault.ShortWrite().WithProbability(50),
                Fault.ShortRead().WithProbability(100),
                Fault.Stall(Milliseconds(200), Seconds(2)).WithProbability(30),
            ],
        };

    /// <summary>
    /// A telephone on a train: a slow line with a long queue, latencies with a heavy tail, packets lost, tunnels that block all packets for seconds, and connections that the
    /// operator's network drops silently.
    /// </summary>
    public static FaultProfile Mobile { get; } =
        new()
        {
            Name = "mobile",
            Description = "a slow line with a long queue, heavy tails, tunnels, silently dropped connections",
            Latency = LatencyDistribution.Pareto(Milliseconds(30), shape: 2, Seconds(2)),
            Rules =
            [
                Fault.Bufferbloat(bitsPerSecond: 2_000_000, queueBytes: 256 * 1024),
                Fault.Jitter(TimeSpan.Zero, Milliseconds(40)).WithProbability(200),
                Fault.Loss().WithProbability(10),
                Fault.ConnectDelay(Milliseconds(100), Seconds(3)).WithProbability(100),
                Fault.Coalescing(Milliseconds(1), Milliseconds(20)).WithProbability(100),
                Fault.ShortRead().WithProbability(100),
                Fault.ClogPair(Milliseconds(200), Seconds(8)).Every(Seconds(15)),
                Fault.SilentDrop().WithProbability(2),
            ],
        };

    /// <summary>
    /// Everything that a correct network may do to connections, often: in addition to <see cref="LossyWan"/>, resets in mid-stream, refused connections, long stalls and a
    /// window so small that senders block.
    /// </summary>
    public static FaultProfile Hostile { get; } =
        new()
        {
            Name = "hostile",
            Description = "as lossy-wan, and resets, refused connections, stalls of up to 10 s, a tiny window",
            Latency = LatencyDistribution.Uniform(Milliseconds(1), Milliseconds(500)),
            WindowBytes = 1024,
            Rules =
            [
                Fault.Slicer().WithProbability(500),
                Fault.ShortWrite().WithProbability(200),
                Fault.ShortRead().WithProbability(300),
                Fault.Stall(Seconds(1), Seconds(10)).WithProbability(50),
                Fault.Reset().WithProbability(10),
                Fault.Refused().WithProbability(100),
            ],
        };

    /// <summary>
    /// All faults except those of integrity, in a different mix each run: about half of the rules are left out. A program that passes has been tested with partitions, crashes,
    /// pauses, clocks that jump, and connections that end in every possible way.
    /// </summary>
    public static FaultProfile Chaos { get; } =
        new()
        {
            Name = "chaos",
            Description =
                "all faults except corrupted bytes, half of them in each run: partitions, crashes, pauses, clocks",
            Latency = LatencyDistribution.Exponential(Milliseconds(1), Milliseconds(30)),
            WindowBytes = 4096,
            SwarmPerMille = 500,
            Rules = ChaosRules.All,
        };

    /// <summary>All of them, mildest first.</summary>
    public static IReadOnlyList<FaultProfile> All { get; } = [Calm, LossyWan, Mobile, Hostile, Chaos];

    /// <summary>The profile of that name, or null.</summary>
    /// <param name="name">As in <see cref="FaultProfile.Name"/>; case matters.</param>
    public static FaultProfile? Find(string name) =>
        All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.Ordinal));

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);
}
