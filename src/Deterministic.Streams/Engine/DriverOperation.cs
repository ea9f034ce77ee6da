namespace Deterministic.Streams.Engine;

/// <summary>What the machine lets the driver begin next.</summary>
internal enum DriverOperation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Send from the queue.</summary>
    Send,

    /// <summary>End our half.</summary>
    ShutdownWrite,

    /// <summary>Close in order.</summary>
    Close,

    /// <summary>Reset.</summary>
    Abort,

    /// <summary>Receive.</summary>
    Receive,
}
