using System.Runtime.InteropServices;

namespace Deterministic.Faults.Decorating;

/// <summary>Who sends, and to whom.</summary>
/// <param name="host">The decorated host.</param>
/// <param name="peer">The other end.</param>
/// <param name="isOutgoing">Whether the host sends.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly struct DirectionEnds(string host, Peer peer, bool isOutgoing)
{
    public bool IsOutgoing => isOutgoing;

    public string From => isOutgoing ? host : peer.Name;

    public string To => isOutgoing ? peer.Name : host;
}
