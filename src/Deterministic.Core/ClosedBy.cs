namespace Deterministic.Core;

/// <summary>Who ended a connection. Recorded once, when the end begins; what happens afterwards does not change it. Clause W-CLOSE-07.</summary>
public enum ClosedBy
{
    /// <summary>The connection is open.</summary>
    None,

    /// <summary>This side: the program closed or aborted it.</summary>
    ThisSide,

    /// <summary>The peer ended its half, and that ends the connection as a whole.</summary>
    Peer,

    /// <summary>An operation failed, or a time-out or another bound of this side was reached.</summary>
    Failure,
}
