using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>Serving on a socket that somebody else bound. Clauses C-SRV-01, C-UNIX-03, C-UNIX-05.</summary>
public sealed class HandedOverServerTests : GuardedTest, IDisposable
{
    private readonly TempFolder _folder = new();

    public new void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }

    [Clause("C-SRV-01", "S-SOCK-01")]
    [Documented("start_server(sock)")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bound_or_listening_socket_is_served_on_and_owned(bool listening)
    {
        Socket socket = listening ? Loopback.Listen() : Loopback.HoldRefusingPort();
        StreamServer server = SocketNetwork.Default.StartServer(EchoAsync, socket);
        server.EndPoints.ShouldHaveSingleItem().ShouldBe(socket.LocalEndPoint);
        server.GetSockets().ShouldHaveSingleItem().ShouldBeSameAs(socket);
        await ShouldEchoAsync(server.EndPoints[0]);

        await server.DisposeAsync();
        socket.SafeHandle.IsClosed.ShouldBeTrue();
        server.GetSockets().ShouldBeEmpty();
    }

    [Clause("C-SRV-06")]
    [Fact]
    public async Task Bound_only_it_refuses_until_it_is_started()
    {
        Socket socket = Loopback.HoldRefusingPort();
        await using StreamServer server = SocketNetwork.Default.StartServer(
            EchoAsync,
            socket,
            new ServerOptions { StartServing = false }
        );
        Should
            .Throw<SocketException>(() => Loopback.Connect(server.EndPoints[0]))
            .SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);
        server.StartServing();
        await ShouldEchoAsync(server.EndPoints[0]);
    }

    [Clause("C-UNIX-03", "C-UNIX-05")]
    [Documented("start_unix_server(sock)", "start_unix_server(cleanup_socket)")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_unix_socket_is_served_on_and_its_file_is_removed_unless_told_otherwise(bool remove)
    {
        Socket socket = BindUnix();
        StreamServer server = SocketNetwork.Default.StartServer(
            EchoAsync,
            socket,
            new ServerOptions { RemoveSocketFile = remove }
        );
        server.EndPoints.ShouldHaveSingleItem().ShouldBe(_folder.EndPointOf("s"));
        await ShouldEchoAsync(server.EndPoints[0]);
        await server.DisposeAsync();
        File.Exists(_folder.PathOf("s")).ShouldBe(!remove);
    }

    [Clause("C-UNIX-05")]
    [Fact]
    public async Task A_file_that_took_the_place_of_its_own_is_left_alone()
    {
        StreamServer server = SocketNetwork.Default.StartServer(EchoAsync, BindUnix());
        File.Delete(_folder.PathOf("s"));
        await using StreamServer other = SocketNetwork.Default.StartServer(EchoAsync, BindUnix());
        await server.DisposeAsync();
        await ShouldEchoAsync(other.EndPoints[0]);
    }

    [Clause("C-SRV-01", "C-UNIX-03")]
    [Fact]
    public void A_socket_that_cannot_serve_is_refused_and_stays_the_callers()
    {
        (Socket connected, Socket peer) = Loopback.ConnectedSockets();
        Socket datagrams = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Socket unbound = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        (Socket Socket, string Text)[] rows =
        [
            (connected, "The socket is connected"),
            (datagrams, "A Stream Socket was expected, got Dgram"),
            (unbound, "The socket is not bound: bind it first"),
        ];
        foreach ((Socket socket, string text) in rows)
        {
            Should
                .Throw<ArgumentException>(() => SocketNetwork.Default.StartServer(EchoAsync, socket))
                .Message.ShouldContain(text);
            socket.SafeHandle.IsClosed.ShouldBeFalse();
            socket.Dispose();
        }

        peer.Dispose();
        Should.Throw<ArgumentNullException>(() => SocketNetwork.Default.StartServer(EchoAsync, null!));
    }

    private static async Task EchoAsync(AsyncStreamReader reader, AsyncStreamWriter writer) =>
        writer.Write(await reader.ReadLineAsync());

    private Socket BindUnix()
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(_folder.EndPointOf("s"));
        return socket;
    }

    private async Task ShouldEchoAsync(EndPoint address)
    {
        await using Connection connection = await SocketNetwork.Default.OpenConnectionAsync(address, null, Guard);
        connection.Writer.Write("hello\n"u8);
        (await connection.Reader.ReadLineAsync(Guard)).ShouldBe("hello\n"u8.ToArray());
    }
}
