namespace Deterministic.Faults;

public static partial class Fault
{
    /// <summary>Packets from a host are held for a while, and sent afterwards, in order.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule ClogSend(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.ClogSend).For(least, most);

    /// <summary>Packets to a host are held for a while, and delivered afterwards, in order.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule ClogReceive(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.ClogReceive).For(least, most);

    /// <summary>Packets between two hosts are held for a while, and delivered afterwards, in order.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule ClogPair(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.ClogPair).For(least, most);

    /// <summary>The link from one host to another holds its packets, and releases them afterwards.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Hold(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Hold).For(least, most);

    /// <summary>All packets between two hosts are lost, for a while.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Partition(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Partition).For(least, most);

    /// <summary>All packets from one host to another are lost, for a while; the other direction works.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule PartitionOneWay(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.PartitionOneWay).For(least, most);

    /// <summary>One host is cut off from all others, for a while.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Isolate(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Isolate).For(least, most);

    /// <summary>The hosts are split into two halves that cannot reach each other, for a while.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule RandomHalves(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.RandomHalves).For(least, most);

    /// <summary>Some hosts are cut off one by one, and reconnected one by one in a different order. The time is that between two of these steps.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Swizzle(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Swizzle).For(least, most);

    /// <summary>Packets are lost. TCP retransmits them, so that a program observes a stall; if every packet is lost it times out, after TCP's retransmission time-out.</summary>
    public static FaultRule Loss() => new(FaultKind.Loss);

    /// <summary>A segment and all after it are delayed by the time of a retransmission: the effect of a loss, without lost packets.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Stall(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Stall).For(least, most);

    /// <summary>A middlebox, such as a proxy, ends both directions of the connection with a FIN: after the bytes sent so far both endpoints read an end of file, and a later send is answered by a reset.</summary>
    public static FaultRule FinEarly() => new(FaultKind.FinEarly);

    /// <summary>A middlebox ends the direction of the send with a FIN: its receiver reads an end of file; its sender gets a reset when it sends more.</summary>
    public static FaultRule HalfClose() => new(FaultKind.HalfClose);

    /// <summary>The end of a stream arrives late.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule SlowClose(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.SlowClose).For(least, most);

    /// <summary>A middlebox resets the connection at both endpoints.</summary>
    public static FaultRule Reset() => new(FaultKind.Reset);

    /// <summary>The connection is reset right after the given number of bytes of a direction.</summary>
    /// <param name="bytes">The number of bytes.</param>
    public static FaultRule AbortAfter(long bytes) => Reset().AfterBytes(bytes);

    /// <summary>All further packets of the connection are silently dropped, in both directions, as by a NAT that has dropped its mapping.</summary>
    public static FaultRule SilentDrop() => new(FaultKind.SilentDrop);

    /// <summary>The peer has lost the connection: its endpoint is reset. The sender gets a reset when it sends again, but not while it only waits.</summary>
    public static FaultRule HalfOpen() => new(FaultKind.HalfOpen);

    /// <summary>One bit of the sent bytes is flipped, and the checksum is valid.</summary>
    public static FaultRule BitFlip() => new(FaultKind.BitFlip);

    /// <summary>The last bytes of a send are missing, and the next send follows directly.</summary>
    public static FaultRule Truncation() => new(FaultKind.Truncation);
}
