using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

/// <summary>Clause C-SRV-04: who may share an address with whom.</summary>
public sealed class ReuseTests : GuardedTest
{
    [Clause("C-SRV-04")]
    [Documented("start_server(reuse_address)")]
    [Theory]
    [InlineData(null, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_server_can_start_again_while_old_connections_linger_unless_told_otherwise(
        bool? reuse,
        bool canStart
    )
    {
        ServerOptions options = new() { ReuseAddress = reuse };
        TransportListener listener = await BindAsync(Loopback.AnyPort, options);
        TaskCompletionSource<Transport> accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Start(accepted.SetResult, _ => { });
        using (Socket client = Loopback.Connect(listener.LocalEndPoint))
        {
            // The side that closes first is the one that lingers.
            (await accepted.Task.WaitAsync(Guard)).Close();
            client.Receive(new byte[1]).ShouldBe(0);
        }

        listener.Close();
        Task<TransportListener> again = BindAsync(listener.LocalEndPoint, options);
        if (canStart)
        {
            (await again).Close();
        }
        else
        {
            await again.ShouldFailAsync(ConnectionErrorKind.AddressInUse);
        }
    }

    [Fact]
    public async Task Without_reuse_of_addresses_connections_are_as_always()
    {
        TransportListener listener = await BindAsync(Loopback.AnyPort, new ServerOptions { ReuseAddress = false });
        TaskCompletionSource<Transport> accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Start(accepted.SetResult, _ => { });
        using Socket client = Loopback.Connect(listener.LocalEndPoint);
        Transport transport = await accepted.Task.WaitAsync(Guard);
        transport.RemoteEndPoint.ShouldBe(client.LocalEndPoint);
        transport.GetExtraInfo("socket").ShouldBeOfType<Socket>().NoDelay.ShouldBeTrue();
        transport.Abort();
        listener.Close();
    }

    [Clause("C-SRV-04")]
    [Documented("start_server(reuse_port)")]
    [Fact]
    public async Task Servers_that_agree_to_share_a_port_do()
    {
        ServerOptions sharing = new() { ReusePort = true };
        TransportListener first = await BindAsync(Loopback.AnyPort, sharing);
        TransportListener second = await BindAsync(first.LocalEndPoint, sharing);
        second.LocalEndPoint.ShouldBe(first.LocalEndPoint);
        await BindAsync(first.LocalEndPoint, ServerOptions.Default).ShouldFailAsync(ConnectionErrorKind.AddressInUse);
        first.Close();
        second.Close();
    }

    [Fact]
    public async Task A_listener_knows_its_socket()
    {
        TransportListener listener = await BindAsync(Loopback.AnyPort, ServerOptions.Default);
        listener.GetExtraInfo("socket").ShouldBeOfType<Socket>().LocalEndPoint.ShouldBe(listener.LocalEndPoint);
        listener.GetExtraInfo("colour").ShouldBeNull();
        listener.Close();
    }

    private async Task<TransportListener> BindAsync(EndPoint local, ServerOptions options) =>
        (await SocketNetwork.Default.BindAsync(local, options, Guard)).ShouldHaveSingleItem();
}
