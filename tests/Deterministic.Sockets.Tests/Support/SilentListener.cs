using System.Net;
using System.Net.Sockets;

namespace Deterministic.Sockets.Tests;

/// <summary>An address that neither answers nor refuses: its backlog is full.</summary>
internal sealed class SilentListener : IDisposable
{
    /// <summary>More than a backlog of 0 holds on any system.</summary>
    private const int Fillers = 4;

    private readonly Socket _listener = Loopback.Listen(backlog: 0);
    private readonly List<Socket> _fillers = [];

    public SilentListener()
    {
        for (int i = 0; i < Fillers; i++)
        {
            Socket filler = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _fillers.Add(filler);
            Should
                .Throw<SocketException>(() => filler.Connect(Address))
                .SocketErrorCode.ShouldBe(SocketError.WouldBlock);
        }
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    public void Dispose()
    {
        _fillers.ForEach(filler => filler.Dispose());
        _listener.Dispose();
    }
}
