namespace Deterministic.Core;

/// <summary>The state of the end of our side of the stream.</summary>
public enum EofState
{
    /// <summary>More may be written.</summary>
    Open,

    /// <summary>The end was requested and waits until everything queued is sent: clause W-EOF-02.</summary>
    Queued,

    /// <summary>The driver is ending our half of the transport.</summary>
    Sending,

    /// <summary>Our half of the transport is ended.</summary>
    Sent,
}
