using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Naming;
using Deterministic.Simulation.Tcp;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Hosts;

/// <summary>Binds addresses of one host, all or none.</summary>
internal sealed class HostBinding(WorldContext world, SimulatedNetwork network, IHost host)
{
    /// <summary>Binds each address. Of several, those that this host does not have are left out, as long as one remains: clause C-SRV-05.</summary>
    /// <exception cref="ConnectionException">An address could not be bound; nothing stays bound.</exception>
    public ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        IReadOnlyList<EndPoint> locals,
        ServerOptions options
    ) =>
        AddressBinding.BindAsync(
            AddressList.ForBind(network.Names, locals, options),
            address => new ValueTask<IReadOnlyList<TransportListener>>([
                address is UnixDomainSocketEndPoint unix
                    ? host.Unix.Bind(unix, options)
                    : Bind((IPEndPoint)address, options),
            ])
        );

    private SimulatedListener Bind(IPEndPoint local, ServerOptions options)
    {
        LocalPorts ports = host.Tcp.Ports;
        host.AddressTable.ThrowIfNotOwn(local);
        if (local.Port == 0)
        {
            local = new IPEndPoint(local.Address, ports.TakeFor(local.Address));
        }
        else
        {
            ports.ThrowIfInUse(local, options);
        }

        SimulatedListener listener = new(world, host, local, options);
        ports.Add(listener);
        return listener;
    }
}
