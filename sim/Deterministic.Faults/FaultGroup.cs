namespace Deterministic.Faults;

/// <summary>The groups of faults.</summary>
public enum FaultGroup
{
    /// <summary>Establishing a connection.</summary>
    Connect,

    /// <summary>Latency.</summary>
    Delay,

    /// <summary>Bandwidth and windows.</summary>
    Throughput,

    /// <summary>How a stream is split and joined.</summary>
    Segmentation,

    /// <summary>Streams that stall and continue.</summary>
    Stall,

    /// <summary>Hosts that cannot reach each other.</summary>
    Partition,

    /// <summary>Packets that never arrive.</summary>
    Loss,

    /// <summary>How connections end.</summary>
    Close,

    /// <summary>Corrupted bytes. Never part of a profile: only of a rule that names the fault.</summary>
    Integrity,

    /// <summary>Hosts and their clocks.</summary>
    Host,
}
