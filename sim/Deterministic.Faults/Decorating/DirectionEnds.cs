using Deterministic.Faults.Engine;

namespace Deterministic.Faults.Decorating;

/// <summary>The host that sends in one direction of a decorated connection, and the one that receives.</summary>
/// <param name="host">The decorated host.</param>
/// <param name="peer">The other one.</param>
/// <param name="isOutgoing">Whether the decorated host sends.</param>
internal sealed class DirectionEnds(string host, Peer peer, bool isOutgoing) : IFlowNames
{
    public bool IsOutgoing => isOutgoing;

    public string From => isOutgoing ? host : peer.Name;

    public string To => isOutgoing ? peer.Name : host;
}
