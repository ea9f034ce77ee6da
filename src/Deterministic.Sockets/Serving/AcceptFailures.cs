using System.Net.Sockets;

namespace Deterministic.Sockets.Serving;

/// <summary>How accepting continues after a failure. Clause C-SRV-09.</summary>
internal static class AcceptFailures
{
    /// <summary>
    /// Long enough that a process out of descriptors does not spend itself on failing, short enough that clients in the backlog still wait.
    /// It is asyncio's number.
    /// </summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether to pause first. Linux reports through accept the death of a connection that waited to be accepted; that is over with the report.
    /// All else, and most of all a lack of descriptors or memory, would fail again at once.
    /// </summary>
    public static bool NeedsPause(SocketError error) =>
        error
            is not (
                SocketError.ConnectionAborted
                or SocketError.ConnectionReset
                or SocketError.NetworkDown
                or SocketError.NetworkUnreachable
                or SocketError.HostDown
                or SocketError.HostUnreachable
                or SocketError.TimedOut
            );
}
