using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Errors;
using Deterministic.Sockets.Naming;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Connecting;

/// <summary>
/// Connects to one of the addresses that an end point stands for. Clauses C-OPEN-06 to C-OPEN-10.
/// <para>This folder makes connected sockets: this file and <see cref="UnixConnect"/>; <see cref="OpenSocket"/> checks those that exist already.</para>
/// </summary>
internal static class TcpConnect
{
    /// <returns>A connected socket.</returns>
    /// <exception cref="ArgumentException">An end point of another kind.</exception>
    /// <exception cref="ConnectionException">None answered.</exception>
    public static async ValueTask<Socket> RunAsync(
        EndPoint remote,
        ClientOptions options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        IPEndPoint[] addresses = await EndPointResolver
            .ForConnectAsync(remote, options, cancellationToken)
            .ConfigureAwait(false);
        return await RunAsync(addresses, options, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As the other, of addresses in the resolver's order.</summary>
    public static async ValueTask<Socket> RunAsync(
        IPEndPoint[] addresses,
        ClientOptions options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        IPEndPoint[]? locals = await LocalAddresses.ResolveAsync(options, cancellationToken).ConfigureAwait(false);
        return await HappyEyeballs
            .ConnectAsync(
                HappyEyeballs.Order(addresses, options),
                options,
                (address, token) => ConnectAsync(address, locals, token),
                static socket => socket.Dispose(),
                time,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private static async ValueTask<Socket> ConnectAsync(
        IPEndPoint address,
        IPEndPoint[]? locals,
        CancellationToken cancellationToken
    )
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.Address.IsIPv4MappedToIPv6)
            {
                socket.DualMode = true;
            }

            if (locals is not null)
            {
                LocalAddresses.Bind(socket, locals, address);
            }

            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (SocketException error)
        {
            socket?.Dispose();
            throw SocketErrors.NotConnected(address, error);
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }
}
