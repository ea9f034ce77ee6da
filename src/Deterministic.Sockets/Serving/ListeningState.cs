namespace Deterministic.Sockets.Serving;

/// <summary>How a listener stands; it only moves down this list.</summary>
internal enum ListeningState
{
    /// <summary>It has its address; nobody accepts yet.</summary>
    Bound,

    /// <summary>It accepts.</summary>
    Accepting,

    /// <summary>The address is let go.</summary>
    Closed,
}
