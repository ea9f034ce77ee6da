using System.Net.Sockets;
using Deterministic.Sockets.Serving;

namespace Deterministic.Sockets.Tests;

/// <summary>A folder of a test's own, for socket files.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("unix");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public UnixDomainSocketEndPoint EndPointOf(string name) => new(PathOf(name));

    /// <summary>What a server leaves behind that was killed: a socket file that no socket is bound to.</summary>
    public UnixDomainSocketEndPoint StaleSocket(string name)
    {
        UnixDomainSocketEndPoint address = EndPointOf(name);
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(address);
        // Disposed of in order, it would remove its file.
        ListeningSocket.Close(socket);
        return address;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
