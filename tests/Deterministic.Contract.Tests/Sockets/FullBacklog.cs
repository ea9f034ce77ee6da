using System.Net;
using System.Net.Sockets;

namespace Deterministic.Contract.Tests;

/// <summary>A listener that never accepts and whose backlog is full: the kernel drops further attempts to connect without an answer. Lives as long as the process.</summary>
#pragma warning disable CA1001 // Lives as long as the process.
internal sealed class FullBacklog
#pragma warning restore CA1001
{
    private readonly Socket _listener;
    private readonly Socket _waiting;

    public FullBacklog(IPAddress address)
    {
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(address, 0));
        // Linux takes one more than asked for: with none, one fits.
        _listener.Listen(0);
        Address = _listener.LocalEndPoint!;
        _waiting = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _waiting.Connect(Address);
    }

    public EndPoint Address { get; }
}
