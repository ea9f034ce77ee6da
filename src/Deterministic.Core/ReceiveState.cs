namespace Deterministic.Core;

/// <summary>What the driver does about receiving.</summary>
public enum ReceiveState
{
    /// <summary>No receive is under way.</summary>
    Idle,

    /// <summary>The driver receives into memory that the reader lent.</summary>
    Receiving,

    /// <summary>The peer has ended its half: W-HALF-01.</summary>
    Ended,
}
