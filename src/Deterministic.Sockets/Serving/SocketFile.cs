using System.Net.Sockets;
using Deterministic.Streams;

namespace Deterministic.Sockets.Serving;

/// <summary>The file of a server's socket. Clause C-UNIX-05.</summary>
internal sealed class SocketFile
{
    private readonly string _path;
    private readonly FileStatus _own;

    private SocketFile(string path, FileStatus own)
    {
        _path = path;
        _own = own;
    }

    private bool IsOwn => FileStatus.Of(_path) == _own;

    /// <summary>
    /// The file of a socket that is bound, if its server removes it; null also for an abstract name, which has none, and for one that is gone already.
    /// </summary>
    public static SocketFile? OfServer(UnixDomainSocketEndPoint bound, ServerOptions options)
    {
        if (!options.RemoveSocketFile || UnixPath.Of(bound) is not { } path)
        {
            return null;
        }

        // In full: the process may go to another folder before the close.
        path = Path.GetFullPath(path);
        return FileStatus.Of(path) is { IsSocket: true } own ? new SocketFile(path, own) : null;
    }

    /// <summary>Removes it, if it is still the same. Before the socket is closed: while that is open, no other server takes the path over.</summary>
    public void Remove()
    {
        try
        {
            if (IsOwn)
            {
                File.Delete(_path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder may no longer be changed by this process. A stale file is replaced by the next server.
        }
    }
}
