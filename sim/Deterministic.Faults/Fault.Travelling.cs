using Deterministic.Faults.Engine;

namespace Deterministic.Faults;

public static partial class Fault
{
    /// <summary>The latency of packets follows the given distribution instead of the profile's.</summary>
    /// <param name="distribution">The distribution.</param>
    public static FaultRule Latency(LatencyDistribution distribution) =>
        new FaultRule(FaultKind.Latency).Of(distribution);

    /// <summary>Each packet is delayed by a different time. Packets still arrive in order, so a stream arrives in bursts.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Jitter(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Jitter).For(least, most);

    /// <summary>All packets from one host to another are delayed, by a time that is drawn once for each pair and direction.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule PairLatency(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.PairLatency).For(least, most);

    /// <summary>A link has a limited bandwidth, with headers of 40 bytes a packet; packets wait in a queue, and are lost if it is full.</summary>
    /// <param name="bitsPerSecond">The bandwidth.</param>
    /// <param name="queueBytes">The size of the queue in bytes, at least the 1500 of one packet. 64 KiB.</param>
    public static FaultRule Bandwidth(long bitsPerSecond, int queueBytes = LinkQueue.UsualBytes) =>
        new FaultRule(FaultKind.Bandwidth).Of(bitsPerSecond, queueBytes);

    /// <summary>A slow link with a long queue: nothing is lost, and everything is late, including other connections over the link.</summary>
    /// <param name="bitsPerSecond">The bandwidth.</param>
    /// <param name="queueBytes">The size of the queue in bytes, at least the 1500 of one packet. 4 MiB.</param>
    public static FaultRule Bufferbloat(long bitsPerSecond, int queueBytes = LinkQueue.BloatedBytes) =>
        new FaultRule(FaultKind.Bufferbloat).Of(bitsPerSecond, queueBytes);

    /// <summary>The receiver of a connection has a buffer of the given size. The scope is the direction of the received bytes.</summary>
    /// <param name="bytes">The size.</param>
    public static FaultRule Window(int bytes) => new FaultRule(FaultKind.Window).Of(bytes);

    /// <summary>When a segment arrives, its receiver advertises a zero window for a while.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule ZeroWindow(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.ZeroWindow).For(least, most);

    /// <summary>Segments are split, so a write arrives in pieces; the rest of a segment may be split again.</summary>
    /// <param name="averageBytes">The average length of the pieces; 0 to split anywhere.</param>
    /// <param name="variation">By how many bytes they are longer or shorter.</param>
    public static FaultRule Slicer(int averageBytes = 0, int variation = 0) =>
        new FaultRule(FaultKind.Slicer).Of(averageBytes, variation);

    /// <summary>A read returns only a part of the received bytes; the next read returns the rest.</summary>
    public static FaultRule ShortRead() => new(FaultKind.ShortRead);

    /// <summary>A send accepts only a part of the bytes, which <c>send</c> is always allowed to do.</summary>
    public static FaultRule ShortWrite() => new(FaultKind.ShortWrite);

    /// <summary>Sent bytes wait for more, and leave together with them: several writes arrive at once.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule Coalescing(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.Coalescing).For(least, most);
}
