using Deterministic.Simulation.Links;

namespace Deterministic.Simulation.Tcp;

/// <summary>What lies between hosts, to their TCP.</summary>
internal interface ITcpNetwork
{
    /// <summary>Sees every packet as it leaves its host; null, the default, for none.</summary>
    IPacketObserver? Observer { get; }

    /// <summary>The way from one host to another.</summary>
    NetworkLink Link(ILinkEnd from, ILinkEnd to);
}
