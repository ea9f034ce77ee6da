namespace Deterministic.Faults;

public static partial class Fault
{
    /// <summary>Nothing leaves a host for a while; it leaves afterwards, in order.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule ClogSend(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.ClogSend).For(least, most);

    /// <summary>Nothing arrives at a host for a while; it arrives afterwards, in order.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule ClogReceive(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.ClogReceive).For(least, most);

    /// <summary>Nothing passes between two hosts for a while; it passes afterwards, in order.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule ClogPair(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.ClogPair).For(least, most);

    /// <summary>The link from one host to another holds what it carries, and lets it go afterwards.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Hold(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Hold).For(least, most);

    /// <summary>Two hosts lose whatever they send each other, for a while.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Partition(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Partition).For(least, most);

    /// <summary>What one host sends another is lost, for a while; the other way is open.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule PartitionOneWay(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.PartitionOneWay).For(least, most);

    /// <summary>One host is cut off from all others, for a while.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Isolate(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Isolate).For(least, most);

    /// <summary>The hosts fall into two halves that cannot reach each other, for a while.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule RandomHalves(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.RandomHalves).For(least, most);

    /// <summary>Some hosts are cut off one by one, and come back one by one in another order. The time is that between two of these steps.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Swizzle(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Swizzle).For(least, most);

    /// <summary>Packets are lost. TCP sends them again, so that a program sees a stall; with every packet lost it times out, after TCP's retransmission time-out.</summary>
    public static FaultRule Loss() => new(FaultKind.Loss);

    /// <summary>A segment, and with it all behind it, is held up for the time that a retransmission takes: loss, without its packets.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Stall(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Stall).For(least, most);

    /// <summary>Something on the way, such as a proxy, ends the connection in good order: behind what was sent both ends read an end of file, and whoever sends more is reset.</summary>
    public static FaultRule FinEarly() => new(FaultKind.FinEarly);

    /// <summary>Something on the way ends the direction that is being sent in: its receiver reads an end of file; its sender is reset when it sends more.</summary>
    public static FaultRule HalfClose() => new(FaultKind.HalfClose);

    /// <summary>The end of a stream arrives late.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule SlowClose(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.SlowClose).For(least, most);

    /// <summary>Something on the way resets the connection, for both ends.</summary>
    public static FaultRule Reset() => new(FaultKind.Reset);

    /// <summary>The connection is reset right behind so many bytes of a direction.</summary>
    /// <param name="bytes">How many.</param>
    public static FaultRule AbortAfter(long bytes) => Reset().AfterBytes(bytes);

    /// <summary>From now on nothing of the connection gets through, in either direction, silently: what a NAT does that has forgotten it.</summary>
    public static FaultRule SilentDrop() => new(FaultKind.SilentDrop);

    /// <summary>The peer of whoever sends has lost the connection: to it, it is reset. The sender is told once it sends again, and not if it only waits.</summary>
    public static FaultRule HalfOpen() => new(FaultKind.HalfOpen);

    /// <summary>One bit of what is sent is flipped, and the checksum fits.</summary>
    public static FaultRule BitFlip() => new(FaultKind.BitFlip);

    /// <summary>The end of what is sent is missing, and what is sent next follows at once.</summary>
    public static FaultRule Truncation() => new(FaultKind.Truncation);
}
