using System.Net;
using System.Net.Sockets;
using Deterministic.Core;

namespace Deterministic.Sockets;

/// <summary>Tries addresses one after the other; the first that answers wins. Clause C-OPEN-06.</summary>
internal static class SequentialConnect
{
    /// <returns>A connected socket.</returns>
    /// <exception cref="ConnectionException">None answered.</exception>
    public static async ValueTask<Socket> RunAsync(IPEndPoint[] addresses, CancellationToken cancellationToken)
    {
        List<ConnectionException> errors = [];
        foreach (IPEndPoint address in addresses)
        {
            try
            {
                return await ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException error)
            {
                errors.Add(SocketErrors.NotConnected(address, error));
            }
        }

        throw ConnectFailures.Sum(errors);
    }

    private static async ValueTask<Socket> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Address.IsIPv4MappedToIPv6)
            {
                socket.DualMode = true;
            }

            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
