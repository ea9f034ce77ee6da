using System.Net;
using System.Net.Sockets;
using System.Text;
using Deterministic.Sockets;
using Deterministic.Streams;

namespace Deterministic.Examples;

/// <summary>Registers an open socket to wait for data: the connection takes over a socket that is connected already.</summary>
public static class OpenSocket
{
    public static async Task WaitForDataAsync(TextWriter output)
    {
        (Socket receiving, Socket sending) = ConnectedPair();
        using (sending)
        {
            await using Connection connection = SocketNetwork.Default.OpenConnection(receiving);

            // What comes from somewhere else in the program, or from another one.
            await sending.SendAsync("abc"u8.ToArray());

            byte[] data = await connection.Reader.ReadAsync(100);
            await output.WriteLineAsync($"Received: {Encoding.UTF8.GetString(data)}");
        }
    }

    private static (Socket First, Socket Second) ConnectedPair()
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Socket first = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        first.Connect(listener.LocalEndPoint!);
        return (first, listener.Accept());
    }
}
