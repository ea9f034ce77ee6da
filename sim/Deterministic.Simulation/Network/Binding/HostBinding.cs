using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>Binds addresses of one host, all or none.</summary>
internal sealed class HostBinding(SimulatedWorld world, SimulatedHost host)
{
    /// <summary>Binds each address. Of several, those that this host does not have are left out, as long as one remains: clause C-SRV-05.</summary>
    /// <exception cref="ConnectionException">An address could not be bound; nothing stays bound.</exception>
    public IReadOnlyList<TransportListener> Bind(IReadOnlyList<EndPoint> locals, ServerOptions options)
    {
        EndPoint[] addresses = AddressList.ForBind(world.Network.Names, locals, options);
        List<TransportListener> listeners = [];
        ConnectionException? missing = null;
        try
        {
            foreach (EndPoint address in addresses)
            {
                try
                {
                    listeners.Add(
                        address is UnixDomainSocketEndPoint unix
                            ? host.Unix.Bind(unix, options)
                            : Bind((IPEndPoint)address, options)
                    );
                }
                catch (ConnectionException error) when (error.Kind == ConnectionErrorKind.AddressNotAvailable)
                {
                    missing = error;
                }
            }

            return listeners.Count > 0 ? listeners : throw NoneLeft(addresses, missing);
        }
        catch
        {
            listeners.ForEach(listener => listener.Close());
            throw;
        }
    }

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

    private static Exception NoneLeft(EndPoint[] addresses, ConnectionException? missing) =>
        missing is null ? new ArgumentException("There is no address to bind: give at least one.", nameof(addresses))
        : addresses.Length == 1 ? missing
        : new ConnectionException(
            ConnectionErrorKind.AddressNotAvailable,
            $"could not bind on any address out of [{string.Join(", ", addresses.Select(address => address.ToString()))}]",
            missing
        );
}
