namespace Deterministic.Streams.Serving;

/// <summary>The state of an accepted connection at its server.</summary>
internal enum SessionState
{
    /// <summary>Its TLS handshake is under way, or about to begin. It has no place yet.</summary>
    Handshaking,

    /// <summary>It came in, or its handshake was done, over the bound; its handler starts when there is a place.</summary>
    Waiting,

    /// <summary>It has a place: its handler was started.</summary>
    Served,

    /// <summary>It has no handler and gets none: its handshake failed or gave way to others, or the server was closed. It is being closed.</summary>
    Refused,
}
