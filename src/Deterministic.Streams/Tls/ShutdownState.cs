namespace Deterministic.Streams.Tls;

/// <summary>The state of our close_notify.</summary>
internal enum ShutdownState
{
    /// <summary>Not sent.</summary>
    NotSent,

    /// <summary>The network has not taken it yet.</summary>
    Sending,

    /// <summary>The network took it, or it failed.</summary>
    Sent,
}
