namespace Deterministic.Faults.Engine;

/// <summary>How much longer faults make something travel.</summary>
internal static class DelayFaults
{
    /// <summary>How long a packet travels.</summary>
    /// <param name="injector">Asked for what strikes.</param>
    /// <param name="site">The packet.</param>
    /// <param name="ordinary">How long it is without a fault; null for no time.</param>
    public static TimeSpan Latency(FaultInjector injector, in InjectionPoint site, LatencyDistribution? ordinary)
    {
        LatencyDistribution? distribution = injector.Strike(FaultKind.Latency, site)?.Distribution ?? ordinary;
        TimeSpan latency = distribution?.Draw(injector.Choices) ?? TimeSpan.Zero;
        if (injector.Strike(FaultKind.Jitter, site) is { } jitter)
        {
            latency += jitter.DrawTime(injector.Choices);
        }

        return latency + (injector.Stands(FaultKind.PairLatency, site.From, site.To)?.Standing.Time ?? TimeSpan.Zero);
    }

    /// <summary>How much longer what carries data, or ends a stream, is held up.</summary>
    /// <param name="injector">Asked for what strikes.</param>
    /// <param name="site">The packet.</param>
    /// <param name="ends">Whether it ends a stream.</param>
    public static TimeSpan HoldUp(FaultInjector injector, in InjectionPoint site, bool ends)
    {
        TimeSpan time = injector.StrikeForTime(FaultKind.Stall, site);
        return ends ? time + injector.StrikeForTime(FaultKind.SlowClose, site) : time;
    }

    /// <summary>The queue of a line that a fault has made slow, or null.</summary>
    public static LinkQueue? Queue(FaultInjector injector, string from, string to) =>
        (injector.Stands(FaultKind.Bandwidth, from, to) ?? injector.Stands(FaultKind.Bufferbloat, from, to))
            ?.Standing
            .Queue;
}
