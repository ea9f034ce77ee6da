using System.Net.Sockets;
using Deterministic.Streams;

namespace Deterministic.Sockets;

/// <summary>What a server on real sockets knows beyond any server.</summary>
public static class SocketServerExtensions
{
    /// <summary>The sockets that a server listens on, one for each address; empty after the close. Clause S-SOCK-01.</summary>
    /// <param name="server">Any server; one that is on no sockets has none.</param>
    /// <returns>They stay the server's: look at them and set their options, and nothing else.</returns>
    public static IReadOnlyList<Socket> GetSockets(this StreamServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return [.. server.Listeners.Select(listener => listener.GetExtraInfo("socket")).OfType<Socket>()];
    }
}
