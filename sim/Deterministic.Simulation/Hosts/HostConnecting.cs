using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Naming;
using Deterministic.Simulation.Tcp;
using Deterministic.Simulation.Unix;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Hosts;

/// <summary>Connects from one host.</summary>
internal sealed class HostConnecting(WorldContext world, SimulatedNetwork network, IHost host)
{
    /// <summary>Where a name stands for several addresses they are tried in a race, families in turn (C-OPEN-06, C-OPEN-09), or in its order, one at a time.</summary>
    /// <exception cref="ConnectionException">There is no address.</exception>
    public ValueTask<Transport> ConnectAsync(
        EndPoint remote,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        if (remote is UnixDomainSocketEndPoint unix)
        {
            return UnixConnectAttempt.RunAsync(world, host.Unix, unix, options, cancellationToken);
        }

        IPEndPoint[] addresses = AddressList.ForConnect(network.Names, remote, options);
        IPEndPoint[]? locals = AddressList.ForLocal(network.Names, options);
        return HappyEyeballs.ConnectAsync(
            HappyEyeballs.Order(addresses, options),
            options,
            (address, token) => AttemptAsync(address, locals, options, token),
            static late => late.Close(),
            host.TimeProvider,
            cancellationToken
        );
    }

    public void Failed(ConnectionException error) =>
        world.Trace.Record(world.Scheduler.Now, host.Name, 0, TraceKind.ConnectFailed, text: error.Message);

    private ValueTask<Transport> AttemptAsync(
        IPEndPoint remote,
        IPEndPoint[]? locals,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        try
        {
            (ITcpHost server, remote) = network.Route(host, remote);
            TcpEndpoint endpoint = locals is null
                ? host.Tcp.Create(server, remote, null, options)
                : Create(server, remote, locals, options);
            world.Trace.Record(
                world.Scheduler.Now,
                host.Name,
                endpoint.Flow.Id,
                TraceKind.Connecting,
                text: $"{server.Name}:{remote.Port}"
            );
            return new TcpConnectAttempt(world, endpoint, host.ScopeHere).RunAsync(cancellationToken);
        }
        catch (ConnectionException error)
        {
            Failed(error);
            return ValueTask.FromException<Transport>(error);
        }
    }

    /// <summary>From the first local address of the family that can be bound. Clause C-OPEN-10.</summary>
    private TcpEndpoint Create(ITcpHost server, IPEndPoint remote, IPEndPoint[] locals, ClientOptions options)
    {
        ConnectionException? failure = null;
        foreach (IPEndPoint local in locals.Where(local => local.AddressFamily == remote.AddressFamily))
        {
            try
            {
                host.AddressTable.ThrowIfNotOwn(local);
                if (local.Port != 0)
                {
                    host.Tcp.Ports.ThrowIfInUse(local, ServerOptions.Default);
                }
            }
            catch (ConnectionException error)
            {
                failure = error;
                continue;
            }

            return host.Tcp.Create(server, remote, local, options);
        }

        throw failure
            ?? new ConnectionException(
                ConnectionErrorKind.AddressNotAvailable,
                $"no matching local address with family={remote.AddressFamily} found: {remote} can't be connected to "
                    + $"from [{string.Join(", ", locals.Select(local => local.ToString()))}]"
            );
    }
}
