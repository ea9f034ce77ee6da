namespace Deterministic.Faults.Engine;

/// <summary>What the driver of a connection does about an <see cref="OutgoingInput"/>.</summary>
internal enum OutgoingAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Send the bytes.</summary>
    Send,

    /// <summary>Send the end of the stream, unless it is sent.</summary>
    SendEnd,

    /// <summary>Take the bytes and drop them; a reset answers them a round trip later.</summary>
    Answer,

    /// <summary>Take nothing: the write waits for the reset that is on its way.</summary>
    Wait,

    /// <summary>Take as many bytes as a peer that acknowledges nothing leaves room for, and drop them.</summary>
    DropUnacknowledged,

    /// <summary>Fail: the connection is lost.</summary>
    Fail,
}
