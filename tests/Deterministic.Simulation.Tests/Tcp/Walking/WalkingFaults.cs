using Deterministic.Faults;

namespace Deterministic.Simulation.Tests;

/// <summary>A network that a walk draws: ordinary or slow, with a few faults or none.</summary>
internal static class WalkingFaults
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan While = TimeSpan.FromSeconds(3);

    /// <summary>One for each fault that strikes packets, connections or links; hosts are the walk's own.</summary>
    private static readonly Func<Random, FaultRule>[] Rules =
    [
        random => Fault.Refused().WithProbability(random.Next(300)),
        random => Fault.Hang().WithProbability(random.Next(100)),
        random => Fault.ConnectDelay(Moment, While).WithProbability(random.Next(1000)),
        random => Fault.BacklogOverflow().WithProbability(random.Next(500)),
        random => Fault.Latency(Latency(random)).WithProbability(random.Next(1000)),
        random => Fault.Jitter(TimeSpan.Zero, While).WithProbability(random.Next(1000)),
        _ => Fault.PairLatency(TimeSpan.Zero, While),
        random => Fault.Bandwidth(random.Next(10_000, 1_000_000), random.Next(1500, 5000)),
        random => Fault.Bufferbloat(random.Next(10_000, 1_000_000)),
        random => Fault.Window(random.Next(1, 300)),
        random => Fault.ZeroWindow(Moment, While).WithProbability(random.Next(500)),
        random => Fault.Slicer().WithProbability(random.Next(1000)),
        random => Fault.ShortRead().WithProbability(random.Next(1000)),
        random => Fault.ShortWrite().WithProbability(random.Next(1000)),
        random => Fault.Coalescing(Moment, While).WithProbability(random.Next(1000)),
        _ => Fault.ClogSend(Moment, While).Every(While),
        _ => Fault.ClogReceive(Moment, While).Every(While),
        _ => Fault.ClogPair(Moment, While).Every(While),
        _ => Fault.Hold(Moment, While).Every(While),
        _ => Fault.Partition(Moment, While).Every(While),
        _ => Fault.PartitionOneWay(Moment, While).Every(While),
        _ => Fault.Isolate(Moment, While).Every(While),
        random => Fault.Loss().WithProbability(random.Next(600)),
        _ => Fault.Loss().On("client", "server").During(TimeSpan.Zero, While),
        _ => Fault.Loss().On("server", "client").During(TimeSpan.Zero, While),
        random => Fault.Stall(Moment, While).WithProbability(random.Next(500)),
        random => Fault.SlowClose(Moment, While).WithProbability(random.Next(1000)),
        random => Struck(random, Fault.FinEarly()),
        random => Struck(random, Fault.HalfClose()),
        random => Struck(random, Fault.Reset()),
        random => Struck(random, Fault.SilentDrop()),
        random => Struck(random, Fault.HalfOpen()),
        random => Struck(random, Fault.Truncation()),
        random => Struck(random, Fault.BitFlip()),
        _ => Fault.Pause(Moment, While).Every(While),
    ];

    public static FaultProfile Draw(Random random) =>
        FaultProfiles.Calm with
        {
            Latency = Latency(random),
            Rules = [.. Enumerable.Range(0, random.Next(5)).Select(_ => Rules[random.Next(Rules.Length)](random))],
        };

    /// <summary>From none to longer than any retransmission time-out: then what is sent again is there twice.</summary>
    public static LatencyDistribution Latency(Random random) =>
        random.Next(4) switch
        {
            0 => LatencyDistribution.Constant(TimeSpan.Zero),
            1 => LatencyDistribution.Constant(TimeSpan.FromMilliseconds(random.Next(1, 2000))),
            2 => LatencyDistribution.Uniform(TimeSpan.Zero, TimeSpan.FromMilliseconds(random.Next(1, 5000))),
            _ => LatencyDistribution.Uniform(TimeSpan.FromMicroseconds(100), TimeSpan.FromMilliseconds(2)),
        };

    private static FaultRule Struck(Random random, FaultRule rule) =>
        random.Next(3) switch
        {
            0 => rule.Nth(random.Next(1, 20)),
            1 => rule.AfterBytes(random.Next(1, 3000)),
            _ => rule.WithProbability(random.Next(1, 100)),
        };
}
