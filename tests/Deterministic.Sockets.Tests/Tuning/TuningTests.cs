using System.Net.Sockets;
using Deterministic.Sockets.Tuning;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

/// <summary>The options of sockets, on connected, accepted and handed-over ones. Clause W-INFO-03.</summary>
public sealed class TuningTests : GuardedTest
{
    private static readonly KeepAliveOptions Alive = new()
    {
        // Whole seconds, never fewer than asked for.
        Time = TimeSpan.FromMilliseconds(59_001),
        Interval = TimeSpan.FromSeconds(7),
        RetryCount = 3,
    };

    [Clause("W-INFO-03")]
    [Documented("start_server(keep_alive)")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_socket_has_the_options_that_were_asked_for(bool noDelay)
    {
        ServerOptions serving = new() { NoDelay = noDelay, KeepAlive = Alive };
        TransportListener listener = (
            await SocketNetwork.Default.BindAsync(Loopback.AnyPort, serving, Guard)
        ).ShouldHaveSingleItem();
        TaskCompletionSource<Transport> accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Start(accepted.SetResult, _ => { });
        Transport connected = await SocketNetwork.Default.ConnectAsync(
            listener.LocalEndPoint,
            new ClientOptions { NoDelay = noDelay, KeepAlive = Alive },
            Guard
        );
        (Socket own, Socket peer) = Loopback.ConnectedSockets();
        Connection handedOver = SocketNetwork.Default.OpenConnection(
            own,
            new ConnectionOptions { NoDelay = noDelay, KeepAlive = Alive }
        );
        object?[] sockets =
        [
            connected.GetExtraInfo("socket"),
            (await accepted.Task.WaitAsync(Guard)).GetExtraInfo("socket"),
            handedOver.Writer.GetExtraInfo("socket"),
        ];
        foreach (Socket socket in sockets.Cast<Socket>())
        {
            socket.NoDelay.ShouldBe(noDelay);
            Get(socket, SocketOptionLevel.Socket, SocketOptionName.KeepAlive).ShouldBe(1);
            Get(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime).ShouldBe(60);
            Get(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval).ShouldBe(7);
            Get(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount).ShouldBe(3);
            socket.Close(timeout: 0);
        }

        peer.Dispose();
        listener.Close();
    }

    [Fact]
    public async Task What_the_system_does_not_take_is_an_error_before_anybody_is_served()
    {
        ServerOptions options = new() { KeepAlive = new KeepAliveOptions { Time = TimeSpan.FromDays(30) } };
        ArgumentException error = await SocketNetwork
            .Default.BindAsync(Loopback.AnyPort, options, Guard)
            .AsTask()
            .ShouldThrowAsync<ArgumentException>();
        error.Message.ShouldContain("KeepAliveOptions.Time of 2592000 is more than this system takes");
    }

    [Fact]
    public async Task What_the_system_does_not_take_closes_the_connection_that_asked_for_it()
    {
        using Socket listener = Loopback.Listen();
        ClientOptions options = new() { KeepAlive = new KeepAliveOptions { RetryCount = 1_000 } };
        ArgumentException error = await SocketNetwork
            .Default.ConnectAsync(listener.LocalEndPoint!, options, Guard)
            .AsTask()
            .ShouldThrowAsync<ArgumentException>();
        error.Message.ShouldContain("KeepAliveOptions.RetryCount of 1000");
        using Socket peer = await listener.AcceptAsync(Guard);
        (await peer.ReceiveAsync(new byte[1], SocketFlags.None, Guard)).ShouldBe(0);
    }

    private static int Get(Socket socket, SocketOptionLevel level, SocketOptionName name) =>
        (int)socket.GetSocketOption(level, name)!;
}
