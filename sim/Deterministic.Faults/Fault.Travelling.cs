using Deterministic.Faults.Engine;

namespace Deterministic.Faults;

public static partial class Fault
{
    /// <summary>Packets travel as long as a distribution says, instead of what the profile says.</summary>
    /// <param name="distribution">How long.</param>
    public static FaultRule Latency(LatencyDistribution distribution) =>
        new FaultRule(FaultKind.Latency).Of(distribution);

    /// <summary>Packets travel longer, each by another time. They still arrive in order, so a stream sees bursts.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Jitter(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Jitter).For(least, most);

    /// <summary>All packets from one host to another travel longer, by a time that is drawn once for each pair and direction.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule PairLatency(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.PairLatency).For(least, most);

    /// <summary>A link passes so many bits a second, headers of 40 bytes a packet counted; packets queue for their turn, and those that find the queue full are lost.</summary>
    /// <param name="bitsPerSecond">How many.</param>
    /// <param name="queueBytes">How many bytes may wait, at least the 1500 of one packet. 64 KiB.</param>
    public static FaultRule Bandwidth(long bitsPerSecond, int queueBytes = LinkQueue.UsualBytes) =>
        new FaultRule(FaultKind.Bandwidth).Of(bitsPerSecond, queueBytes);

    /// <summary>A slow link with a long queue: nothing is lost, and everything is late, whatever else shares the link too.</summary>
    /// <param name="bitsPerSecond">How fast the link is.</param>
    /// <param name="queueBytes">How many bytes may wait, at least the 1500 of one packet. 4 MiB.</param>
    public static FaultRule Bufferbloat(long bitsPerSecond, int queueBytes = LinkQueue.BloatedBytes) =>
        new FaultRule(FaultKind.Bufferbloat).Of(bitsPerSecond, queueBytes);

    /// <summary>The receiving end of a connection has room for so many bytes. The scope is that of what is received.</summary>
    /// <param name="bytes">How many.</param>
    public static FaultRule Window(int bytes) => new FaultRule(FaultKind.Window).Of(bytes);

    /// <summary>As a segment arrives, its receiver announces that it has no room left, for a while.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule ZeroWindow(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.ZeroWindow).For(least, most);

    /// <summary>Segments are cut, and so a write arrives in pieces; asked again for what is left of it.</summary>
    /// <param name="averageBytes">How long the pieces are on average; 0 to cut anywhere.</param>
    /// <param name="variation">By how many bytes they are longer or shorter.</param>
    public static FaultRule Slicer(int averageBytes = 0, int variation = 0) =>
        new FaultRule(FaultKind.Slicer).Of(averageBytes, variation);

    /// <summary>A program is given only a part of what has arrived; the rest with the next read.</summary>
    public static FaultRule ShortRead() => new(FaultKind.ShortRead);

    /// <summary>The network takes only a part of what a program sends: what <c>send</c> may always do.</summary>
    public static FaultRule ShortWrite() => new(FaultKind.ShortWrite);

    /// <summary>What is sent waits for more, and leaves with it as one: several writes arrive together.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Coalescing(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Coalescing).For(least, most);
}
