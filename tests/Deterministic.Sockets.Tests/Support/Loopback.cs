using System.Net;
using System.Net.Sockets;
using Deterministic.Core;

namespace Deterministic.Sockets.Tests;

/// <summary>Plain sockets of the runtime's on loopback.</summary>
internal static class Loopback
{
    public static IPEndPoint AnyPort { get; } = new(IPAddress.Loopback, 0);

    public static Socket Listen(int backlog = 100)
    {
        Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(AnyPort);
        listener.Listen(backlog);
        return listener;
    }

    public static (Socket First, Socket Second) ConnectedSockets()
    {
        using Socket listener = Listen();
        Socket first = Connect(listener.LocalEndPoint!);
        return (first, listener.Accept());
    }

    public static (Socket First, Socket Second) ConnectedUnixSockets()
    {
        using TempFolder folder = new();
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(folder.EndPointOf("s"));
        listener.Listen();
        Socket first = Connect(listener.LocalEndPoint!);
        return (first, listener.Accept());
    }

    public static Socket Connect(EndPoint remote)
    {
        Socket socket = new(remote.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(remote);
        return socket;
    }

    /// <summary>An address at which nobody listens: its port is held by a socket that is bound only.</summary>
    public static Socket HoldRefusingPort()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(AnyPort);
        return socket;
    }

    /// <summary>Reads to the end.</summary>
    public static byte[] ReadToEnd(Socket socket)
    {
        using MemoryStream all = new();
        byte[] buffer = new byte[256 * 1024];
        while (socket.Receive(buffer) is > 0 and int count)
        {
            all.Write(buffer, 0, count);
        }

        return all.ToArray();
    }

    public static async Task<ConnectionException> ShouldFailAsync(this Task task, ConnectionErrorKind kind)
    {
        ConnectionException error = await task.ShouldThrowAsync<ConnectionException>();
        error.Kind.ShouldBe(kind);
        return error;
    }
}
