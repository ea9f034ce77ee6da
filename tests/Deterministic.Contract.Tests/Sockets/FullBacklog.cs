using System.Net;
using System.Net.Sockets;

namespace Deterministic.Contract.Tests;

/// <summary>A listener that never accepts and whose backlog is full: the kernel lets nobody in, and says nothing either.</summary>
internal sealed class FullBacklog : IDisposable
{
    private readonly Socket _listener;
    private readonly Socket _waiting;

    /// <param name="address">Where; port 0 for any.</param>
    public FullBacklog(EndPoint address)
    {
        _listener = NewSocket(address);
        _listener.Bind(address);
        // Linux takes one more than asked for: with none, one fits.
        _listener.Listen(0);
        Address = _listener.LocalEndPoint!;
        _waiting = NewSocket(address);
        _waiting.Connect(Address);
    }

    public EndPoint Address { get; }

    public void Dispose()
    {
        _waiting.Dispose();
        _listener.Dispose();
    }

    private static Socket NewSocket(EndPoint address) =>
        new(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
}
