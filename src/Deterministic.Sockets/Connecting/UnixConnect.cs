using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Errors;
using Deterministic.Streams;

namespace Deterministic.Sockets.Connecting;

/// <summary>Connects to a Unix socket, by path or abstract name. Clauses C-UNIX-01, C-UNIX-06.</summary>
/// <remarks>
/// Where the server's backlog is full, TCP repeats its request for about two minutes; a non-blocking Unix socket is refused at once. So the connect is repeated here, for
/// as long as TCP would: what is merely busy is no error in either world.
/// </remarks>
internal static class UnixConnect
{
    /// <summary>How long TCP asks by default: six times, after 1, 2, 4, … s.</summary>
    private static readonly TimeSpan Patience = UnixErrors.ConnectPatience;

    /// <summary>A server that accepts makes room within microseconds; doubled each time, so that one that is stuck is not pestered.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="ArgumentException">The options ask for what a Unix socket has not.</exception>
    /// <exception cref="ConnectionException">Nothing answers.</exception>
    public static async ValueTask<Socket> RunAsync(
        UnixDomainSocketEndPoint remote,
        ClientOptions options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        ThrowIfUnfit(remote, options);
        TimeSpan waited = TimeSpan.Zero;
        TimeSpan pause = FirstPause;
        while (true)
        {
            try
            {
                return await ConnectAsync(remote, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.WouldBlock && waited < Patience)
            { }
            catch (SocketException error)
            {
                throw UnixErrors.NotConnected(remote, error);
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            waited += pause;
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static void ThrowIfUnfit(UnixDomainSocketEndPoint remote, ClientOptions options)
    {
        if (options.AddressFamily is not (AddressFamily.Unspecified or AddressFamily.Unix))
        {
            throw new ConnectionException(
                ConnectionErrorKind.NameNotResolved,
                $"The Unix socket {remote} is not of the family {options.AddressFamily} that the options ask for."
            );
        }

        if (options.LocalEndPoint is { } local)
        {
            throw new ArgumentException(
                $"A connection to a Unix socket ({remote}) comes from no local address: leave ClientOptions.LocalEndPoint ({local}) out.",
                nameof(options)
            );
        }
    }

    private static async ValueTask<Socket> ConnectAsync(
        UnixDomainSocketEndPoint remote,
        CancellationToken cancellationToken
    )
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(remote, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
