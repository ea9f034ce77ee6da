using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Threading.Channels;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

public sealed class ListenerTests : GuardedTest
{
    private readonly Channel<Transport> _accepted = Channel.CreateUnbounded<Transport>();
    private readonly ConcurrentQueue<Exception> _failures = [];

    [Clause("W-INFO-03")]
    [Fact]
    public async Task An_accepted_socket_sends_small_writes_at_once()
    {
        TransportListener listener = await StartAsync();
        using Socket client = Loopback.Connect(listener.LocalEndPoint);
        Transport transport = await _accepted.Reader.ReadAsync(Guard);
        transport.GetExtraInfo("socket").ShouldBeOfType<Socket>().NoDelay.ShouldBeTrue();
        transport.RemoteEndPoint.ShouldBe(client.LocalEndPoint);
        transport.LocalEndPoint.ShouldBe(listener.LocalEndPoint);
        transport.Abort();
        listener.Close();
    }

    [Clause("W-INFO-03")]
    [Fact]
    public async Task Neither_a_connected_nor_an_accepted_socket_is_kept_alive()
    {
        TransportListener listener = await StartAsync();
        Transport connected = await SocketNetwork.Default.ConnectAsync(
            listener.LocalEndPoint,
            ClientOptions.Default,
            Guard
        );
        Transport accepted = await _accepted.Reader.ReadAsync(Guard);
        foreach (Transport transport in new[] { connected, accepted })
        {
            transport
                .GetExtraInfo("socket")
                .ShouldBeOfType<Socket>()
                .GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)
                .ShouldBe(0);
            transport.Abort();
        }

        listener.Close();
    }

    [Clause("S-CLOSE-01")]
    [Fact]
    public async Task Closed_it_refuses_while_established_connections_go_on()
    {
        TransportListener listener = await StartAsync();
        using Socket client = Loopback.Connect(listener.LocalEndPoint);
        Transport transport = await _accepted.Reader.ReadAsync(Guard);
        listener.Close();
        Should
            .Throw<SocketException>(() => Loopback.Connect(listener.LocalEndPoint))
            .SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);
        transport.TrySend("still here"u8).Count.ShouldBe(10);
        client.Receive(new byte[16]).ShouldBe(10);
        transport.Abort();
    }

    [Clause("S-CLOSE-01")]
    [Fact]
    public async Task Connections_that_nobody_accepted_are_reset_by_the_close()
    {
        TransportListener listener = await BindAsync();
        using Socket client = Loopback.Connect(listener.LocalEndPoint);
        listener.Close();
        SocketException error = await client
            .ReceiveAsync(new byte[1], SocketFlags.None, Guard)
            .AsTask()
            .ShouldThrowAsync<SocketException>();
        error.SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
    }

    [Clause("S-CLOSE-01")]
    [Fact]
    public async Task Closing_reports_no_failure_and_is_idempotent()
    {
        for (int round = 0; round < 100; round++)
        {
            TransportListener listener = await StartAsync();
            using Socket client = Loopback.Connect(listener.LocalEndPoint);
            listener.Close();
            listener.Close();
        }

        _failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Closed_before_it_started_it_never_starts()
    {
        TransportListener listener = await BindAsync();
        listener.Close();
        listener.Start(_ => throw new InvalidOperationException(), _ => throw new InvalidOperationException());
    }

    [Fact]
    public async Task Connections_that_waited_before_the_start_are_accepted()
    {
        TransportListener listener = await BindAsync();
        using Socket first = Loopback.Connect(listener.LocalEndPoint);
        using Socket second = Loopback.Connect(listener.LocalEndPoint);
        listener.Start(transport => _accepted.Writer.TryWrite(transport), _failures.Enqueue);
        (await _accepted.Reader.ReadAsync(Guard)).RemoteEndPoint.ShouldBe(first.LocalEndPoint);
        (await _accepted.Reader.ReadAsync(Guard)).RemoteEndPoint.ShouldBe(second.LocalEndPoint);
        listener.Close();
    }

    private static async Task<TransportListener> BindAsync() =>
        (
            await SocketNetwork.Default.BindAsync(Loopback.AnyPort, ServerOptions.Default, default)
        ).ShouldHaveSingleItem();

    private async Task<TransportListener> StartAsync()
    {
        TransportListener listener = await BindAsync();
        listener.Start(transport => _accepted.Writer.TryWrite(transport), _failures.Enqueue);
        return listener;
    }
}
