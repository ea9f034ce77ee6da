using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Connecting;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

public sealed class ConnectTests : GuardedTest
{
    [Fact]
    public async Task Connecting_to_an_address_knows_both_ends()
    {
        using Socket listener = Loopback.Listen();
        Transport transport = await ConnectAsync(listener.LocalEndPoint!);
        using Socket peer = await listener.AcceptAsync(Guard);
        transport.RemoteEndPoint.ShouldBe(listener.LocalEndPoint);
        transport.LocalEndPoint.ShouldBe(peer.RemoteEndPoint);
        transport.Abort();
    }

    [Fact]
    public async Task Connecting_to_a_name_resolves_it()
    {
        using Socket listener = Loopback.Listen();
        Transport transport = await ConnectAsync(
            new DnsEndPoint("localhost", ((IPEndPoint)listener.LocalEndPoint!).Port)
        );
        transport.RemoteEndPoint.ShouldBe(listener.LocalEndPoint);
        transport.Abort();
    }

    [Clause("W-INFO-03")]
    [Fact]
    public async Task A_connected_socket_sends_small_writes_at_once()
    {
        using Socket listener = Loopback.Listen();
        Transport transport = await ConnectAsync(listener.LocalEndPoint!);
        transport.GetExtraInfo("socket").ShouldBeOfType<Socket>().NoDelay.ShouldBeTrue();
        transport.Abort();
    }

    [Clause("E-CONN-01")]
    [Fact]
    public async Task Nobody_listening_is_refused()
    {
        using Socket holder = Loopback.HoldRefusingPort();
        ConnectionException error = await ConnectAsync(holder.LocalEndPoint!)
            .ShouldFailAsync(ConnectionErrorKind.Refused);
        error.Message.ShouldStartWith($"Connect call failed ({holder.LocalEndPoint})");
        error.InnerException.ShouldBeOfType<SocketException>();
    }

    [Clause("C-OPEN-06")]
    [Fact]
    public async Task The_next_address_is_tried_when_one_refuses()
    {
        using Socket holder = Loopback.HoldRefusingPort();
        using Socket listener = Loopback.Listen();
        IPEndPoint[] addresses = [(IPEndPoint)holder.LocalEndPoint!, (IPEndPoint)listener.LocalEndPoint!];
        using Socket socket = await RunAsync(addresses);
        socket.RemoteEndPoint.ShouldBe(listener.LocalEndPoint);
    }

    [Clause("C-OPEN-06")]
    [Fact]
    public async Task The_first_address_that_answers_is_taken_and_none_after_it_is_asked()
    {
        using Socket first = Loopback.Listen();
        using Socket second = Loopback.Listen();
        IPEndPoint[] addresses = [(IPEndPoint)first.LocalEndPoint!, (IPEndPoint)second.LocalEndPoint!];
        using Socket socket = await RunAsync(addresses);
        socket.RemoteEndPoint.ShouldBe(first.LocalEndPoint);
        second.Poll(0, SelectMode.SelectRead).ShouldBeFalse();
    }

    [Clause("C-OPEN-07")]
    [Fact]
    public async Task When_every_address_refuses_each_is_named()
    {
        using Socket first = Loopback.HoldRefusingPort();
        using Socket second = Loopback.HoldRefusingPort();
        IPEndPoint[] addresses = [(IPEndPoint)first.LocalEndPoint!, (IPEndPoint)second.LocalEndPoint!];
        ConnectionException error = await RunAsync(addresses).AsTask().ShouldFailAsync(ConnectionErrorKind.Refused);
        error.Message.ShouldStartWith("Multiple exceptions: ");
        error.Message.ShouldContain(addresses[0].ToString());
        error.Message.ShouldContain(addresses[1].ToString());
    }

    // RFC 6761, section 6.4: there are no names below "invalid", and the answer is the same everywhere.
    [Clause("C-OPEN-07")]
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    public async Task A_name_without_an_address_is_not_resolved(int letters)
    {
        DnsEndPoint remote = new($"{new string('x', letters)}.invalid", 7);
        ConnectionException error = await ConnectAsync(remote).ShouldFailAsync(ConnectionErrorKind.NameNotResolved);
        error.Message.ShouldContain(remote.Host);
    }

    [Clause("C-OPEN-12")]
    [Fact]
    public async Task A_cancelled_connect_gives_up()
    {
        using SilentListener silent = new();
        using CancellationTokenSource cancellation = CancellationTokenSource.CreateLinkedTokenSource(Guard);
        ValueTask<Transport> connect = SocketNetwork.Default.ConnectAsync(
            silent.Address,
            ClientOptions.Default,
            cancellation.Token
        );
        connect.IsCompleted.ShouldBeFalse();
        await cancellation.CancelAsync();
        OperationCanceledException error = await connect.AsTask().ShouldThrowAsync<OperationCanceledException>();
        error.CancellationToken.ShouldBe(cancellation.Token);
    }

    [Fact]
    public async Task A_connect_that_was_cancelled_before_does_nothing()
    {
        using Socket listener = Loopback.Listen();
        await SocketNetwork
            .Default.ConnectAsync(listener.LocalEndPoint!, ClientOptions.Default, new CancellationToken(canceled: true))
            .AsTask()
            .ShouldThrowAsync<OperationCanceledException>();
        listener.Poll(0, SelectMode.SelectRead).ShouldBeFalse();
    }

    [Fact]
    public async Task An_end_point_of_another_kind_is_refused_by_name()
    {
        ArgumentException error = await ConnectAsync(new FictionalEndPoint()).ShouldThrowAsync<ArgumentException>();
        error.Message.ShouldContain(nameof(FictionalEndPoint));
    }

    private ValueTask<Socket> RunAsync(IPEndPoint[] addresses) =>
        TcpConnect.RunAsync(addresses, ClientOptions.Default, TimeProvider.System, Guard);

    private Task<Transport> ConnectAsync(EndPoint remote) =>
        SocketNetwork.Default.ConnectAsync(remote, ClientOptions.Default, Guard).AsTask();

    private sealed class FictionalEndPoint : EndPoint;
}
