using System.Net;
using Deterministic.Faults.Text;
using Deterministic.Simulation.Naming;

namespace Deterministic.Simulation.Tcp;

/// <summary>Why a connection was refused, for who asked for it: where the host listens instead, as far as it does.</summary>
internal static class RefusalText
{
    private const int MostListed = 4;

    public static string Of(TcpFlow flow)
    {
        IPEndPoint asked = flow.Remote;
        string place = $"{flow.Peer.Name}:{asked.Port} ({asked})";
        if (flow.Peer.Tcp.Ports.ListeningAt(asked).Count > 0)
        {
            // A fault, which is in the trace, or a server that did not listen yet when the SYN arrived.
            return $"Connection refused by {place}.";
        }

        string refused = $"Connection refused: nobody listens at {place}.";
        SimulatedListener[] listeners =
        [
            .. flow
                .Peer.Tcp.Ports.Listeners.OrderBy(listener => listener.Bound.Port)
                .ThenBy(listener => listener.Bound.ToString(), StringComparer.Ordinal),
        ];
        if (listeners.Any(listener => !listener.IsListening && Hears(listener.Bound, asked)))
        {
            return $"{refused} A server is bound there and does not serve yet.";
        }

        string[] addresses =
        [
            .. listeners
                .Where(listener => listener.IsListening)
                .Select(listener => listener.Bound.ToString())
                .Distinct(StringComparer.Ordinal),
        ];
        if (addresses.Length == 0)
        {
            return $"{refused} '{flow.Peer.Name}' listens nowhere.";
        }

        string where = $"{refused} '{flow.Peer.Name}' listens at {KnownNames.List(addresses, MostListed)}";
        return IsUnreachable(listeners, asked)
            ? $"{where}: other hosts cannot reach loopback addresses, so bind the server to '{flow.Peer.Name}' or to all addresses."
            : $"{where}.";
    }

    /// <summary>Whether the port is served on loopback addresses alone, and another address was asked for.</summary>
    private static bool IsUnreachable(SimulatedListener[] listeners, IPEndPoint asked)
    {
        SimulatedListener[] there = Array.FindAll(
            listeners,
            listener => listener.IsListening && listener.Bound.Port == asked.Port
        );
        return there.Length > 0
            && !IPAddress.IsLoopback(asked.Address)
            && Array.TrueForAll(there, listener => IPAddress.IsLoopback(listener.Bound.Address));
    }

    private static bool Hears(IPEndPoint bound, IPEndPoint asked) =>
        bound.Port == asked.Port
        && (
            bound.Address.Equals(asked.Address)
            || (HostAddresses.IsAny(bound.Address) && bound.AddressFamily == asked.AddressFamily)
        );
}
