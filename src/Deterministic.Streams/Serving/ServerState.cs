namespace Deterministic.Streams.Serving;

/// <summary>The state of a server.</summary>
internal enum ServerState
{
    /// <summary>Its addresses are bound; it does not listen yet.</summary>
    Bound,

    /// <summary>It accepts.</summary>
    Serving,

    /// <summary>Its addresses are released; connections may still be open.</summary>
    Closed,
}
