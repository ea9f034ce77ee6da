namespace Deterministic.Core;

/// <summary>How far the end of our side of the stream has got.</summary>
public enum EofState
{
    /// <summary>More may be written.</summary>
    Open,

    /// <summary>The end was asked for and waits until everything queued is sent: clause W-EOF-02.</summary>
    Queued,

    /// <summary>The driver is telling the peer.</summary>
    Sending,

    /// <summary>The peer was told.</summary>
    Sent,
}
