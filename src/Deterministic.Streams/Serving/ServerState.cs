namespace Deterministic.Streams.Serving;

/// <summary>How a server stands.</summary>
internal enum ServerState
{
    /// <summary>Its addresses are bound; nobody can connect yet.</summary>
    Bound,

    /// <summary>It accepts.</summary>
    Serving,

    /// <summary>Its addresses are let go; connections may still be open.</summary>
    Closed,
}
