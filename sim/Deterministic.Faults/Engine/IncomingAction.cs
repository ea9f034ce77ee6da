namespace Deterministic.Faults.Engine;

/// <summary>What the driver of a connection does about an <see cref="IncomingInput"/>.</summary>
internal enum IncomingAction
{
    /// <summary>Nothing: what has arrived is dropped.</summary>
    None,

    /// <summary>Hand it to the program: bytes, the end, or the loss.</summary>
    Deliver,

    /// <summary>Hand the program the end of the stream.</summary>
    DeliverEnd,

    /// <summary>The connection is reset, for both endpoints.</summary>
    Reset,

    /// <summary>The peer is reset; this endpoint's program has lost the connection before.</summary>
    ResetPeer,
}
