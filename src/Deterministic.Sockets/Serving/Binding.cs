using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Errors;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Serving;

/// <summary>Binds addresses, all or none.</summary>
internal static class Binding
{
    /// <summary>
    /// Binds each address. Of several, those that this host does not have are left out, as long as one remains: clause C-SRV-05.
    /// </summary>
    /// <exception cref="ConnectionException">An address could not be bound; nothing stays bound.</exception>
    /// <exception cref="ArgumentException">There is no address, or this system has not what the options ask for.</exception>
    public static ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        EndPoint[] addresses,
        ServerOptions options,
        TimeProvider time
    ) =>
        AddressBinding.BindAsync(
            addresses,
            address => new ValueTask<IReadOnlyList<TransportListener>>([
                address is UnixDomainSocketEndPoint unix
                    ? UnixBinding.Bind(unix, options, time)
                    : Bind(address, options, time),
            ])
        );

    private static SocketListener Bind(EndPoint address, ServerOptions options, TimeProvider time)
    {
        Socket? socket = null;
        try
        {
            // The runtime makes IPv6 sockets IPv6-only: C-SRV-03.
            socket = ListeningSocket.Create(address.AddressFamily, options);
            socket.Bind(address);
            SocketListener listener = new(socket, options, time);
            if (options.StartServing)
            {
                // Here already, so that an error of it is one of binding.
                listener.Listen();
            }

            return listener;
        }
        catch (SocketException error)
        {
            socket?.Dispose();
            throw SocketErrors.NotBound(address, error);
        }
        catch (ConnectionException)
        {
            socket?.Dispose();
            throw;
        }
    }
}
