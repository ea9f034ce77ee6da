namespace Deterministic.Faults;

/// <summary>The faults, by the names of the field. <see cref="FaultCatalog"/> says of each what it does and which settings it takes.</summary>
public enum FaultKind
{
    /// <summary>An attempt to connect is refused although somebody listens.</summary>
    Refused,

    /// <summary>An attempt to connect is never answered.</summary>
    Hang,

    /// <summary>The answer to an attempt to connect takes longer.</summary>
    ConnectDelay,

    /// <summary>What asks for a connection is dropped, as by a full backlog, and asked again later.</summary>
    BacklogOverflow,

    /// <summary>No route leads to the server.</summary>
    Unreachable,

    /// <summary>The client's host has no port left to connect from.</summary>
    PortExhaustion,

    /// <summary>Packets travel as long as a distribution of its own says.</summary>
    Latency,

    /// <summary>Packets travel longer, each by another time.</summary>
    Jitter,

    /// <summary>All packets from one host to another travel longer, by a time that stays for the pair.</summary>
    PairLatency,

    /// <summary>A link passes so many bits a second; what finds its queue full is lost.</summary>
    Bandwidth,

    /// <summary>As <see cref="Bandwidth"/>, with a queue so long that nothing is lost and everything is late.</summary>
    Bufferbloat,

    /// <summary>A receiver has room for so many bytes.</summary>
    Window,

    /// <summary>A receiver announces no room for a while.</summary>
    ZeroWindow,

    /// <summary>Segments are cut.</summary>
    Slicer,

    /// <summary>A program is given only a part of what has arrived.</summary>
    ShortRead,

    /// <summary>The network takes only a part of what a program sends.</summary>
    ShortWrite,

    /// <summary>What is sent waits for more, and leaves with it as one.</summary>
    Coalescing,

    /// <summary>Nothing leaves a host for a while; it leaves afterwards.</summary>
    ClogSend,

    /// <summary>Nothing arrives at a host for a while; it arrives afterwards.</summary>
    ClogReceive,

    /// <summary>Nothing passes between two hosts for a while; it passes afterwards.</summary>
    ClogPair,

    /// <summary>A link holds what it carries, and lets it go afterwards.</summary>
    Hold,

    /// <summary>Two hosts lose whatever they send each other.</summary>
    Partition,

    /// <summary>What one host sends another is lost; the other way is open.</summary>
    PartitionOneWay,

    /// <summary>One host is cut off from all others.</summary>
    Isolate,

    /// <summary>The hosts fall into two halves that cannot reach each other.</summary>
    RandomHalves,

    /// <summary>Some hosts are cut off one after the other, and come back one after the other in another order.</summary>
    Swizzle,

    /// <summary>Packets are lost. TCP sends them again; once it gives up, the connection has timed out.</summary>
    Loss,

    /// <summary>A segment, and with it all behind it, is held up for the time that a retransmission takes: loss, without its packets.</summary>
    Stall,

    /// <summary>Something between the hosts ends the connection in good order, in both directions.</summary>
    FinEarly,

    /// <summary>Something between the hosts ends one direction of a connection in good order.</summary>
    HalfClose,

    /// <summary>The end of a stream arrives late.</summary>
    SlowClose,

    /// <summary>Something between the hosts resets the connection, for both ends.</summary>
    Reset,

    /// <summary>From now on nothing of a connection gets through, in either direction, silently.</summary>
    SilentDrop,

    /// <summary>The peer of whoever sends has lost the connection; who sends is not told before it sends again.</summary>
    HalfOpen,

    /// <summary>One bit of what is sent is flipped.</summary>
    BitFlip,

    /// <summary>The end of what is sent is missing, and what is sent next follows at once.</summary>
    Truncation,

    /// <summary>A host is gone, with all that its programs held in memory.</summary>
    Crash,

    /// <summary>A host crashes and starts again.</summary>
    Bounce,

    /// <summary>The programs of a host stand still for a while.</summary>
    Pause,

    /// <summary>The programs of a host are slow for a while.</summary>
    Throttle,

    /// <summary>The clock of a host is wrong by a time that stays.</summary>
    ClockSkew,

    /// <summary>The clock of a host runs too fast or too slow.</summary>
    ClockDrift,

    /// <summary>The clock of a host jumps.</summary>
    ClockStep,
}
