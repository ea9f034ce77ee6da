namespace Deterministic.Sockets.Operations;

/// <summary>The state of one reusable socket operation. The transitions are those of <see cref="OperationGate"/>.</summary>
internal enum OperationState
{
    /// <summary>Free to begin.</summary>
    Idle,

    /// <summary>The operating system has it.</summary>
    InFlight,

    /// <summary>In flight for the last time: the socket is closed, and the thread that ends it disposes of it.</summary>
    Retiring,

    /// <summary>Never to begin again.</summary>
    Retired,
}
