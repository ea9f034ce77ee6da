namespace Deterministic.Faults;

/// <summary>The kinds of faults, by their usual names. <see cref="FaultCatalog"/> describes each, with its settings.</summary>
public enum FaultKind
{
    /// <summary>A connection attempt is refused although there is a listener.</summary>
    Refused,

    /// <summary>A connection attempt is never answered.</summary>
    Hang,

    /// <summary>The answer to a connection attempt is delayed.</summary>
    ConnectDelay,

    /// <summary>A SYN is dropped, as by a full backlog, and retransmitted later.</summary>
    BacklogOverflow,

    /// <summary>There is no route to the server.</summary>
    Unreachable,

    /// <summary>The client's host has no free port.</summary>
    PortExhaustion,

    /// <summary>The latency of packets follows the rule's own distribution.</summary>
    Latency,

    /// <summary>Each packet is delayed by a different time.</summary>
    Jitter,

    /// <summary>All packets from one host to another are delayed by a time that is constant for the pair.</summary>
    PairLatency,

    /// <summary>A link has a limited bandwidth; packets are lost if its queue is full.</summary>
    Bandwidth,

    /// <summary>As <see cref="Bandwidth"/>, with a queue so long that nothing is lost and everything is late.</summary>
    Bufferbloat,

    /// <summary>A receiver has a small buffer.</summary>
    Window,

    /// <summary>A receiver advertises a zero window for a while.</summary>
    ZeroWindow,

    /// <summary>Segments are split.</summary>
    Slicer,

    /// <summary>A read returns only a part of the received bytes.</summary>
    ShortRead,

    /// <summary>A send accepts only a part of the bytes.</summary>
    ShortWrite,

    /// <summary>Sent bytes wait for more, and leave together with them.</summary>
    Coalescing,

    /// <summary>Packets from a host are held for a while, and sent afterwards.</summary>
    ClogSend,

    /// <summary>Packets to a host are held for a while, and delivered afterwards.</summary>
    ClogReceive,

    /// <summary>Packets between two hosts are held for a while, and delivered afterwards.</summary>
    ClogPair,

    /// <summary>A link holds its packets, and releases them afterwards.</summary>
    Hold,

    /// <summary>All packets between two hosts are lost.</summary>
    Partition,

    /// <summary>All packets from one host to another are lost; the other direction works.</summary>
    PartitionOneWay,

    /// <summary>One host is cut off from all others.</summary>
    Isolate,

    /// <summary>The hosts are split into two halves that cannot reach each other.</summary>
    RandomHalves,

    /// <summary>Some hosts are cut off one by one, and reconnected one by one in a different order.</summary>
    Swizzle,

    /// <summary>Packets are lost. TCP retransmits them; if all retransmissions are lost, the connection times out.</summary>
    Loss,

    /// <summary>A segment and all after it are delayed by the time of a retransmission: the effect of a loss, without lost packets.</summary>
    Stall,

    /// <summary>A middlebox ends both directions of the connection with a FIN.</summary>
    FinEarly,

    /// <summary>A middlebox ends one direction of the connection with a FIN.</summary>
    HalfClose,

    /// <summary>The end of a stream arrives late.</summary>
    SlowClose,

    /// <summary>A middlebox resets the connection at both endpoints.</summary>
    Reset,

    /// <summary>All further packets of the connection are silently dropped, in both directions.</summary>
    SilentDrop,

    /// <summary>The peer has lost the connection; the sender gets a reset when it sends again.</summary>
    HalfOpen,

    /// <summary>One bit of the sent bytes is flipped.</summary>
    BitFlip,

    /// <summary>The last bytes of a send are missing, and the next send follows directly.</summary>
    Truncation,

    /// <summary>A host stops, and its programs lose everything in memory.</summary>
    Crash,

    /// <summary>A host crashes and starts again.</summary>
    Bounce,

    /// <summary>The programs of a host are paused for a while.</summary>
    Pause,

    /// <summary>The programs of a host are slow for a while.</summary>
    Throttle,

    /// <summary>The clock of a host is wrong by a constant time.</summary>
    ClockSkew,

    /// <summary>The clock of a host runs too fast or too slow.</summary>
    ClockDrift,

    /// <summary>The clock of a host jumps.</summary>
    ClockStep,
}
