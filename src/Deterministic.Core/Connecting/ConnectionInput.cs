namespace Deterministic.Core.Connecting;

/// <summary>What can happen to a connection as a whole.</summary>
internal enum ConnectionInput
{
    /// <summary>The user closes: W-CLOSE-01.</summary>
    Close,

    /// <summary>The last queued byte was taken by the transport: W-CLOSE-03.</summary>
    Flushed,

    /// <summary>The user aborts (W-ABORT-01), or a transport operation failed (W-LOST-05).</summary>
    Abort,

    /// <summary>The driver begins to close or reset the transport.</summary>
    Disconnect,

    /// <summary>The transport is gone.</summary>
    Disconnected,
}
