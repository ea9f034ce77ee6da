using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Errors;
using Deterministic.Streams;

namespace Deterministic.Sockets.Serving;

/// <summary>Binds a Unix socket to a path or an abstract name. Clauses C-UNIX-03 to C-UNIX-06.</summary>
internal static class UnixBinding
{
    /// <exception cref="ArgumentException">The options ask for what a Unix socket has not.</exception>
    /// <exception cref="ConnectionException">It could not be bound; nothing stays bound.</exception>
    public static SocketListener Bind(UnixDomainSocketEndPoint local, ServerOptions options, TimeProvider time)
    {
        ThrowIfUnfit(local, options);
        Socket? socket = null;
        try
        {
            socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            BindOrReplace(socket, local);
            SocketListener listener = new(socket, options, time, SocketFile.OfServer(local, options));
            ListenOrClose(listener, options);
            return listener;
        }
        catch (SocketException error)
        {
            socket?.Dispose();
            throw UnixErrors.NotBound(local, error);
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    private static void ListenOrClose(SocketListener listener, ServerOptions options)
    {
        try
        {
            if (options.StartServing)
            {
                listener.Listen();
            }
        }
        catch
        {
            // With its file.
            listener.Close();
            throw;
        }
    }

    private static void BindOrReplace(Socket socket, UnixDomainSocketEndPoint local)
    {
        try
        {
            socket.Bind(local);
        }
        catch (SocketException error)
            when (error.SocketErrorCode == SocketError.AddressAlreadyInUse && UnixPath.Of(local) is not null)
        {
            StaleSocketFile.Replace(socket, local, error);
        }
    }

    private static void ThrowIfUnfit(UnixDomainSocketEndPoint local, ServerOptions options)
    {
        if (options.AddressFamily is not (AddressFamily.Unspecified or AddressFamily.Unix))
        {
            throw new ConnectionException(
                ConnectionErrorKind.NameNotResolved,
                $"The Unix socket {local} is not of the family {options.AddressFamily} that the options ask for."
            );
        }

        if (options.ReusePort)
        {
            throw new ArgumentException(
                $"Several servers can't share a Unix socket ({local}): leave ServerOptions.ReusePort out.",
                nameof(options)
            );
        }
    }
}
