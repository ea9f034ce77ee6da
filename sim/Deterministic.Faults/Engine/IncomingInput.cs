namespace Deterministic.Faults.Engine;

/// <summary>What moves an <see cref="IncomingState"/>.</summary>
internal enum IncomingInput
{
    /// <summary>Bytes of the peer arrive.</summary>
    Data,

    /// <summary>The peer's end of the stream, or the loss of the connection below, arrives.</summary>
    End,

    /// <summary>A fault ends the half.</summary>
    Cut,

    /// <summary>A fault loses everything from now on.</summary>
    Blackhole,

    /// <summary>A fault makes this endpoint lose its state.</summary>
    Forget,

    /// <summary>The connection is lost.</summary>
    Lose,
}
