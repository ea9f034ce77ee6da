namespace Deterministic.Faults;

public static partial class Fault
{
    /// <summary>A host stops silently, and its programs lose everything in memory. Only hosts with their own program crash.</summary>
    public static FaultRule Crash() => new(FaultKind.Crash);

    /// <summary>A host crashes and starts again after a while.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Bounce(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Bounce).For(least, most);

    /// <summary>The programs of a host are paused for a while; its kernel continues.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Pause(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Pause).For(least, most);

    /// <summary>The programs of a host are slow for a while.</summary>
    /// <param name="step">The time of each step; at least a microsecond.</param>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Throttle(TimeSpan step, TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Throttle).Of((long)step.TotalMicroseconds).For(least, most);

    /// <summary>The wall clock of a host is wrong by a constant time, ahead or behind. Its timers are correct.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule ClockSkew(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.ClockSkew).For(least, most);

    /// <summary>The clock of a host runs too fast or too slow for a while, and so do its timers.</summary>
    /// <param name="partsPerMillion">The deviation.</param>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule ClockDrift(long partsPerMillion, TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.ClockDrift).Of(partsPerMillion).For(least, most);

    /// <summary>The wall clock of a host jumps, ahead or back, by a time.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule ClockStep(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.ClockStep).For(least, most);
}
