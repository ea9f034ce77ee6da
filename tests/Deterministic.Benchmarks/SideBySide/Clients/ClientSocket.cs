using System.Net;
using System.Net.Sockets;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>
/// The client's side of a connection. A blocking socket: one system call for each message and direction, no event loop and no
/// scheduling of its own, so that what is measured is the server.
/// </summary>
internal sealed class ClientSocket : IDisposable
{
    /// <summary>No server is that slow: a client that waits so long would never stop waiting.</summary>
    private const int TimeoutMilliseconds = 10_000;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
        SendTimeout = TimeoutMilliseconds,
        ReceiveTimeout = TimeoutMilliseconds,
    };

    public ClientSocket(EndPoint server)
    {
        try
        {
            _socket.Connect(server);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public void Send(ReadOnlySpan<byte> data)
    {
        // A blocking send takes all.
        if (_socket.Send(data) != data.Length)
        {
            throw new IOException("The server took too little.");
        }
    }

    public void ReceiveExactly(Span<byte> data)
    {
        while (!data.IsEmpty)
        {
            int count = _socket.Receive(data);
            data = count > 0 ? data[count..] : throw new EndOfStreamException("The server closed too early.");
        }
    }

    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();
}
