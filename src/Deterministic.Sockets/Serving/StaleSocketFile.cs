using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Errors;

namespace Deterministic.Sockets.Serving;

/// <summary>Takes the place of a socket file that its server left behind, and of nothing else. Clause C-UNIX-04, DEV-46.</summary>
internal static class StaleSocketFile
{
    /// <summary>Removes the file and binds.</summary>
    /// <param name="socket">To be bound.</param>
    /// <param name="local">A path that is taken.</param>
    /// <param name="taken">What the system said to that.</param>
    /// <exception cref="ConnectionException">It is in use, or it is not a socket.</exception>
    /// <exception cref="SocketException">Another process was faster.</exception>
    public static void Replace(Socket socket, UnixDomainSocketEndPoint local, SocketException taken)
    {
        string path = Path.GetFullPath(UnixPath.Of(local)!);
        if (!ReplacementLock.TryTake(path, out Socket? held))
        {
            throw InUse(local, "another server is taking it over at this moment", taken);
        }

        using (held)
        {
            ThrowIfNotStale(local, path, taken);
            Remove(local, path);
            socket.Bind(local);
        }
    }

    private static void ThrowIfNotStale(UnixDomainSocketEndPoint local, string path, SocketException taken)
    {
        if (FileStatus.Of(path) is { IsSocket: false })
        {
            throw InUse(
                local,
                "the file there is no socket, so it is left alone: remove it, or choose another path",
                taken
            );
        }

        if (SocketProbe.IsAlive(local))
        {
            throw InUse(local, "another server uses it", taken);
        }
    }

    private static void Remove(UnixDomainSocketEndPoint local, string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw UnixErrors.NotBound(
                local,
                ConnectionErrorKind.AccessDenied,
                $"a stale socket file is in the way and can't be removed: {error.Message}",
                error
            );
        }
    }

    private static ConnectionException InUse(UnixDomainSocketEndPoint local, string why, SocketException taken) =>
        UnixErrors.NotBound(local, ConnectionErrorKind.AddressInUse, $"Address already in use: {why}", taken);
}
