using System.Net.Sockets;
using System.Text;
using Deterministic.Streams;
using Deterministic.Streams.Protocols;
using Deterministic.Streams.Tests;

namespace Deterministic.Sockets.Tests;

/// <summary>Callbacks and plain handlers on sockets that are open already, and callbacks at paths.</summary>
public sealed class OpenSocketProtocolTests : GuardedTest, IDisposable
{
    private static readonly byte[] Payload = Segments.Bytes(100_000, 1);

    private readonly TempFolder _folder = new();

    public new void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }

    [Clause("P-23", "C-OPEN-02", "C-OPEN-05")]
    [Documented("loop.create_connection(sock)")]
    [Fact]
    public async Task A_connected_socket_is_given_to_a_protocol_and_owned()
    {
        (Socket own, Socket peer) = Loopback.ConnectedSockets();
        using (peer)
        {
            (ProtocolTransport transport, AskingProtocol asking) = SocketNetwork.Default.OpenProtocol(
                () => new AskingProtocol("hello"u8.ToArray(), 2),
                own
            );
            transport.GetExtraInfo("socket").ShouldBeSameAs(own);
            Encoding.UTF8.GetString(Loopback.ReadToEnd(peer)).ShouldBe("hello");
            peer.Send("answer"u8);
            peer.Shutdown(SocketShutdown.Send);
            Encoding.UTF8.GetString(await asking.Answer.WaitAsync(Guard)).ShouldBe("answer");
            await transport.Completion.WaitAsync(Guard);
            asking.Violations.ShouldBeEmpty();
            own.SafeHandle.IsClosed.ShouldBeTrue();
        }
    }

    [Clause("P-23", "C-OPEN-02", "C-OPEN-05")]
    [Fact]
    public void A_socket_that_is_not_connected_is_refused_before_a_protocol_is_made_and_one_whose_factory_fails_is_closed()
    {
        using Socket unconnected = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        int made = 0;
        Should.Throw<ArgumentException>(() => SocketNetwork.Default.OpenProtocol(Make, unconnected));
        made.ShouldBe(0);
        unconnected.SafeHandle.IsClosed.ShouldBeFalse();

        (Socket own, Socket peer) = Loopback.ConnectedSockets();
        Should.Throw<NotSupportedException>(() => SocketNetwork.Default.OpenProtocol(Make, own));
        made.ShouldBe(1);
        own.SafeHandle.IsClosed.ShouldBeTrue();
        peer.Dispose();

        EchoProtocol Make()
        {
            made++;
            throw new NotSupportedException();
        }
    }

    [Clause("P-23", "C-SRV-01", "C-UNIX-03")]
    [Documented("loop.create_server(sock)")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bound_socket_is_served_on_with_protocols_and_owned(bool isUnix)
    {
        Socket socket = Bind(isUnix);
        await using (StreamServer server = SocketNetwork.Default.StartProtocolServer(() => new EchoProtocol(), socket))
        {
            server.GetSockets().ShouldHaveSingleItem().ShouldBeSameAs(socket);
            (_, AskingProtocol asking) = await SocketNetwork.Default.ConnectProtocolAsync(
                () => new AskingProtocol(Payload, 1000),
                server.EndPoints[0],
                cancellationToken: Guard
            );
            (await asking.Answer.WaitAsync(Guard)).ShouldBe(Payload);
        }

        socket.SafeHandle.IsClosed.ShouldBeTrue();
    }

    [Clause("P-17", "C-UNIX-01", "C-UNIX-03")]
    [Documented("loop.create_unix_connection(path)", "loop.create_unix_server(path)")]
    [Fact]
    public async Task Each_path_leads_to_the_protocols_that_are_there()
    {
        await using StreamServer echo = await SocketNetwork.Default.StartProtocolServerAsync(
            () => new EchoProtocol(),
            _folder.EndPointOf("echo"),
            cancellationToken: Guard
        );
        await using StreamServer other = await SocketNetwork.Default.StartProtocolServerAsync(
            () => new AskingProtocol("other"u8.ToArray(), 5),
            _folder.EndPointOf("other"),
            cancellationToken: Guard
        );
        foreach ((string path, byte[] expected) in new[] { ("echo", Payload), ("other", "other"u8.ToArray()) })
        {
            (_, AskingProtocol asking) = await SocketNetwork.Default.ConnectProtocolAsync(
                () => new AskingProtocol(Payload, 1000),
                _folder.EndPointOf(path),
                cancellationToken: Guard
            );
            (await asking.Answer.WaitAsync(Guard)).ShouldBe(expected);
        }
    }

    [Clause("P-03", "C-SRV-01")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_plain_handlers_connection_stays_open_when_it_has_returned(bool halves)
    {
        TaskCompletionSource<AsyncStreamWriter> called = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Socket socket = Bind(isUnix: false);
        await using StreamServer server = halves
            ? SocketNetwork.Default.StartServer((_, writer) => called.SetResult(writer), socket)
            : SocketNetwork.Default.StartServer(connection => called.SetResult(connection.Writer), socket);
        using Socket client = Loopback.Connect(server.EndPoints[0]);
        AsyncStreamWriter writer = await called.Task.WaitAsync(Guard);
        writer.Write("later"u8);
        byte[] received = new byte[5];
        (await client.ReceiveAsync(received, SocketFlags.None, Guard)).ShouldBe(5);
        server.ConnectionCount.ShouldBe(1);
        writer.IsClosing.ShouldBeFalse();
        writer.Close();
        (await client.ReceiveAsync(received, SocketFlags.None, Guard)).ShouldBe(0);
        while (server.ConnectionCount > 0)
        {
            await Task.Yield();
            Guard.ThrowIfCancellationRequested();
        }
    }

    [Clause("P-05")]
    [Fact]
    public async Task A_plain_handler_that_throws_is_reported_and_its_connection_aborted()
    {
        NotSupportedException mistake = new();
        TaskCompletionSource<Exception> reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer server = SocketNetwork.Default.StartServer(
            (Connection connection) => throw mistake,
            Bind(isUnix: false),
            new ServerOptions { OnError = error => reported.TrySetResult(error) }
        );
        using Socket client = Loopback.Connect(server.EndPoints[0]);
        (await reported.Task.WaitAsync(Guard)).ShouldBeSameAs(mistake);
        (
            await client.ReceiveAsync(new byte[1], SocketFlags.None, Guard).AsTask().ShouldThrowAsync<SocketException>()
        ).SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
    }

    private Socket Bind(bool isUnix)
    {
        if (!isUnix)
        {
            return Loopback.HoldRefusingPort();
        }

        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(_folder.EndPointOf("bound"));
        return socket;
    }
}
