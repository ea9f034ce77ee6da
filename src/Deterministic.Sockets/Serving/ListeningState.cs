namespace Deterministic.Sockets.Serving;

/// <summary>The state of a listener; it only moves down this list.</summary>
internal enum ListeningState
{
    /// <summary>It has its address and does not accept yet.</summary>
    Bound,

    /// <summary>It accepts.</summary>
    Accepting,

    /// <summary>The address is released.</summary>
    Closed,
}
