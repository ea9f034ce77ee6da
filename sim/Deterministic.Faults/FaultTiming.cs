namespace Deterministic.Faults;

/// <summary>When a fault of a kind can strike, and so which triggers it takes.</summary>
public enum FaultTiming
{
    /// <summary>At each operation of a kind, such as each send: with a probability, or at the Nth.</summary>
    AtOperations,

    /// <summary>At each send of a connection: with a probability, at the Nth, or after a number of bytes.</summary>
    AtSends,

    /// <summary>All the time, on each link or endpoint selected by its probability.</summary>
    Standing,

    /// <summary>At points in time: at one, or repeatedly.</summary>
    AtTimes,
}
