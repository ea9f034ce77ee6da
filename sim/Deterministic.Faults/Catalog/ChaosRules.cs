namespace Deterministic.Faults.Catalog;

/// <summary>The rules of <see cref="FaultProfiles.Chaos"/>: at least one for every fault except those of integrity.</summary>
internal static class ChaosRules
{
    // Repeated faults have the rates of a run of a minute, and are scaled for shorter ones. The other rates are chosen so that a conversation of a hundred sends survives most faults: a run that ends at its first message tests little.
    public static IReadOnlyList<FaultRule> All { get; } =
    [
        Fault.Refused().WithProbability(50),
        Fault.Hang().WithProbability(10),
        Fault.ConnectDelay(Milliseconds(100), Seconds(5)).WithProbability(100),
        Fault.BacklogOverflow().WithProbability(50),
        Fault.Unreachable().WithProbability(20),
        Fault.PortExhaustion().WithProbability(10),
        Fault.Latency(LatencyDistribution.Bimodal(Milliseconds(2), Milliseconds(800), 50)).WithProbability(300),
        Fault.Jitter(TimeSpan.Zero, Milliseconds(100)).WithProbability(300),
        Fault.PairLatency(TimeSpan.Zero, Milliseconds(300)).WithProbability(300),
        Fault.Bandwidth(bitsPerSecond: 1_000_000).WithProbability(200),
        Fault.Bufferbloat(bitsPerSecond: 500_000).WithProbability(200),
        Fault.Window(200).WithProbability(200),
        Fault.ZeroWindow(Milliseconds(10), Seconds(3)).WithProbability(10),
        Fault.Slicer(averageBytes: 10, variation: 9).WithProbability(200),
        Fault.ShortRead().WithProbability(300),
        Fault.ShortWrite().WithProbability(300),
        Fault.Coalescing(Milliseconds(1), Milliseconds(50)).WithProbability(200),
        Fault.ClogSend(Milliseconds(100), Seconds(10)).Every(Seconds(20)).ScaledToRun(),
        Fault.ClogReceive(Milliseconds(100), Seconds(10)).Every(Seconds(20)).ScaledToRun(),
        Fault.ClogPair(Milliseconds(100), Seconds(10)).Every(Seconds(20)).ScaledToRun(),
        Fault.Hold(Milliseconds(100), Seconds(10)).Every(Seconds(20)).ScaledToRun(),
        Fault.Partition(Milliseconds(100), Seconds(20)).Every(Seconds(30)).ScaledToRun(),
        Fault.PartitionOneWay(Milliseconds(100), Seconds(20)).Every(Seconds(30)).ScaledToRun(),
        Fault.Isolate(Milliseconds(100), Seconds(20)).Every(Seconds(30)).ScaledToRun(),
        Fault.RandomHalves(Milliseconds(100), Seconds(20)).Every(Seconds(60)).ScaledToRun(),
        Fault.Swizzle(Milliseconds(100), Seconds(5)).Every(Seconds(60)).ScaledToRun(),
        Fault.Loss().WithProbability(30),
        Fault.Stall(Milliseconds(200), Seconds(5)).WithProbability(20),
        Fault.FinEarly().WithProbability(2),
        Fault.HalfClose().WithProbability(2),
        Fault.SlowClose(Milliseconds(100), Seconds(10)).WithProbability(200),
        Fault.Reset().WithProbability(3),
        Fault.AbortAfter(1000).AtMost(1),
        Fault.SilentDrop().WithProbability(1),
        Fault.HalfOpen().WithProbability(1),
        Fault.Crash().Every(Seconds(300)).ScaledToRun().AtMost(1),
        Fault.Bounce(Milliseconds(100), Seconds(10)).Every(Seconds(60)).ScaledToRun(),
        Fault.Pause(Milliseconds(10), Seconds(5)).Every(Seconds(20)).ScaledToRun(),
        Fault.Throttle(Milliseconds(1), Seconds(1), Seconds(10)).Every(Seconds(30)).ScaledToRun(),
        Fault.ClockSkew(Milliseconds(1), Seconds(600)).Every(Seconds(120)).ScaledToRun(),
        Fault.ClockDrift(partsPerMillion: 500, Seconds(10), Seconds(600)).Every(Seconds(60)).ScaledToRun(),
        Fault.ClockStep(Milliseconds(1), Seconds(600)).Every(Seconds(60)).ScaledToRun(),
    ];

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);
}
