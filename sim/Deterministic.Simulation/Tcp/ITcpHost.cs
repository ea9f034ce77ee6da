using System.Net;
using Deterministic.Simulation.Links;
using Deterministic.Simulation.Naming;
using Deterministic.Simulation.Programs;

namespace Deterministic.Simulation.Tcp;

/// <summary>A host, to the TCP of its own and of other hosts.</summary>
internal interface ITcpHost : IProgramHost, ILinkEnd
{
    new string Name { get; }

    IPAddress Address { get; }

    HostAddresses AddressTable { get; }

    TcpStack Tcp { get; }

    string IProgramHost.Name => Name;

    string ILinkEnd.Name => Name;
}
