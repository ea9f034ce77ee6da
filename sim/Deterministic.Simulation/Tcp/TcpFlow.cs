using System.Globalization;
using System.Net;
using Deterministic.Faults.Decorating;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Waiting;

namespace Deterministic.Simulation.Tcp;

/// <summary>Which connection, and which end of it.</summary>
/// <param name="Id">The number of the connection in this world, from 1.</param>
/// <param name="IsServer">Whether this is the end that was asked.</param>
/// <param name="Host">Where this end is.</param>
/// <param name="Local">This end's address.</param>
/// <param name="Peer">Where the other end is.</param>
/// <param name="Remote">The other end's address.</param>
internal sealed record TcpFlow(
    long Id,
    bool IsServer,
    ITcpHost Host,
    IPEndPoint Local,
    ITcpHost Peer,
    IPEndPoint Remote
) : IFlowNames, IWaitTarget
{
    /// <summary>Sees to it that both ends have the same streams. One for both.</summary>
    public ConnectionWitness Witness { get; private init; } = new();

    /// <summary>This end among those of its host; the two ends of one connection may be on the same host.</summary>
    public long Key => (2 * Id) + (IsServer ? 1 : 0);

    public long PeerKey => Key ^ 1;

    string IWaitTarget.HostName => Host.Name;

    string IWaitTarget.PeerName => Peer.Name;

    string IWaitTarget.ConnectionText => string.Create(CultureInfo.InvariantCulture, $"#{Id} {Local} with {Remote}");

    string IFlowNames.From => Host.Name;

    string IFlowNames.To => Peer.Name;

    public TcpFlow Reversed => new(Id, !IsServer, Peer, Remote, Host, Local) { Witness = Witness };
}
