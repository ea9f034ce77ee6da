namespace Deterministic.Faults.Decorating;

/// <summary>How the transport below stands.</summary>
internal enum InnerState
{
    /// <summary>It is used.</summary>
    Open,

    /// <summary>The program has closed: it is closed as soon as what was sent has left.</summary>
    Leaving,

    /// <summary>The program has closed, and the peer must not learn of it: it is kept.</summary>
    Silent,

    /// <summary>Its close is under way.</summary>
    Closing,

    /// <summary>It is closed or aborted.</summary>
    Gone,
}
