namespace Deterministic.Faults;

/// <summary>What a fault is about.</summary>
public enum FaultGroup
{
    /// <summary>Making a connection.</summary>
    Connect,

    /// <summary>How long things travel.</summary>
    Delay,

    /// <summary>How much passes.</summary>
    Throughput,

    /// <summary>Where a stream is cut and joined.</summary>
    Segmentation,

    /// <summary>Streams that stand still and go on.</summary>
    Stall,

    /// <summary>Hosts that cannot reach each other.</summary>
    Partition,

    /// <summary>Packets that never arrive.</summary>
    Loss,

    /// <summary>How connections end.</summary>
    Close,

    /// <summary>Bytes that are not those that were sent. Never part of a profile: only of a rule that asks for it.</summary>
    Integrity,

    /// <summary>Hosts and their clocks.</summary>
    Host,
}
