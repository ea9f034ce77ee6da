namespace Deterministic.Faults;

/// <summary>When a fault of a kind can strike, and so which triggers it takes.</summary>
public enum FaultTiming
{
    /// <summary>At each operation of a sort, such as each send: with a probability, or at the Nth.</summary>
    AtOperations,

    /// <summary>At each send of a connection: with a probability, at the Nth, or once so many bytes were sent.</summary>
    AtSends,

    /// <summary>All the time, on each link or end of a connection that its probability picks.</summary>
    Standing,

    /// <summary>At points in time: at one, or again and again.</summary>
    AtTimes,
}
