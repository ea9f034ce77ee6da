using System.Net.Sockets;
using System.Text;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>Clauses C-OPEN-02 and C-OPEN-05.</summary>
public sealed class OpenSocketTests : GuardedTest
{
    [Clause("C-OPEN-02", "C-OPEN-05")]
    [Documented("open_connection(sock)")]
    [Fact]
    public async Task An_open_socket_becomes_a_connection_that_owns_it()
    {
        (Socket own, Socket peer) = Loopback.ConnectedSockets();
        using (peer)
        {
            await using (Connection connection = SocketNetwork.Default.OpenConnection(own))
            {
                peer.Send("hello\n"u8);
                Encoding.UTF8.GetString(await connection.Reader.ReadLineAsync(Guard)).ShouldBe("hello\n");
                connection.Writer.Write("bye"u8);
            }

            Encoding.UTF8.GetString(Loopback.ReadToEnd(peer)).ShouldBe("bye");
            own.SafeHandle.IsClosed.ShouldBeTrue();
        }
    }

    [Clause("C-OPEN-02")]
    [Documented("open_unix_connection(sock)")]
    [Fact]
    public async Task A_unix_stream_socket_is_accepted()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock");
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        Socket own = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        own.Connect(new UnixDomainSocketEndPoint(path));
        using Socket peer = listener.Accept();
        File.Delete(path);
        await using Connection connection = SocketNetwork.Default.OpenConnection(own);
        peer.Send("x"u8);
        (await connection.Reader.ReadExactlyAsync(1, Guard)).ShouldBe("x"u8.ToArray());
    }

    [Clause("C-OPEN-02")]
    [Fact]
    public void A_datagram_socket_is_refused_and_stays_open()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Should
            .Throw<ArgumentException>(() => SocketNetwork.Default.OpenConnection(socket))
            .Message.ShouldContain("A Stream Socket was expected");
        socket.SafeHandle.IsClosed.ShouldBeFalse();
    }

    [Clause("C-OPEN-02")]
    [Fact]
    public void An_unconnected_socket_is_refused_and_stays_open()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Should
            .Throw<ArgumentException>(() => SocketNetwork.Default.OpenConnection(socket))
            .Message.ShouldContain("not connected");
        socket.SafeHandle.IsClosed.ShouldBeFalse();
    }
}
