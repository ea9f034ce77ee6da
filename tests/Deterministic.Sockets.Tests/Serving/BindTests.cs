using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Serving;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

public sealed class BindTests : GuardedTest
{
    private static readonly ServerOptions BindOnly = new() { StartServing = false };

    // TEST-NET-1: no host has it.
    private static readonly IPEndPoint Elsewhere = new(IPAddress.Parse("192.0.2.1"), 0);

    [Clause("C-SRV-01", "S-SOCK-01")]
    [Fact]
    public async Task Port_0_takes_a_free_port()
    {
        TransportListener listener = (await BindAsync(Loopback.AnyPort)).ShouldHaveSingleItem();
        ((IPEndPoint)listener.LocalEndPoint).Port.ShouldBeGreaterThan(0);
        listener.Close();
    }

    [Clause("C-SRV-04")]
    [Fact]
    public async Task A_port_that_is_taken_is_address_in_use()
    {
        using Socket taken = Loopback.Listen();
        ConnectionException error = await BindAsync(taken.LocalEndPoint!)
            .ShouldFailAsync(ConnectionErrorKind.AddressInUse);
        error.Message.ShouldStartWith($"error while attempting to bind on address {taken.LocalEndPoint}");
    }

    [Fact]
    public async Task Two_servers_cannot_share_a_port()
    {
        // Once it is let go the port is anybody's, and other tests run beside: one of three ports is bound again.
        bool boundAgain = false;
        for (int attempt = 0; attempt < 3 && !boundAgain; attempt++)
        {
            TransportListener first = (await BindAsync(Loopback.AnyPort, ServerOptions.Default)).ShouldHaveSingleItem();
            await BindAsync(first.LocalEndPoint).ShouldFailAsync(ConnectionErrorKind.AddressInUse);
            first.Close();
            boundAgain = await TryBindAsync(first.LocalEndPoint);
        }

        boundAgain.ShouldBeTrue();
    }

    private async Task<bool> TryBindAsync(EndPoint address)
    {
        try
        {
            (await BindAsync(address)).ShouldHaveSingleItem().Close();
            return true;
        }
        catch (ConnectionException error) when (error.Kind == ConnectionErrorKind.AddressInUse)
        {
            return false;
        }
    }

    [Clause("C-SRV-05")]
    [Fact]
    public async Task An_address_of_another_host_is_not_available() =>
        await BindAsync(Elsewhere).ShouldFailAsync(ConnectionErrorKind.AddressNotAvailable);

    [Clause("C-SRV-05")]
    [Fact]
    public async Task Of_several_addresses_those_not_of_this_host_are_left_out()
    {
        TransportListener listener = (
            await Binding.BindAsync([Elsewhere, Loopback.AnyPort], BindOnly, TimeProvider.System)
        ).ShouldHaveSingleItem();
        ((IPEndPoint)listener.LocalEndPoint).Address.ShouldBe(IPAddress.Loopback);
        listener.Close();
    }

    [Clause("C-SRV-05")]
    [Fact]
    public async Task When_no_address_is_left_all_are_named()
    {
        ConnectionException error = await Should.ThrowAsync<ConnectionException>(async () =>
            await Binding.BindAsync([Elsewhere, Elsewhere], BindOnly, TimeProvider.System)
        );
        error.Kind.ShouldBe(ConnectionErrorKind.AddressNotAvailable);
        error.Message.ShouldBe("could not bind on any address out of [192.0.2.1:0, 192.0.2.1:0]");
    }

    [Clause("C-SRV-04")]
    [Fact]
    public async Task When_one_of_several_addresses_fails_nothing_stays_bound()
    {
        TransportListener probe = (await BindAsync(Loopback.AnyPort)).ShouldHaveSingleItem();
        IPEndPoint free = (IPEndPoint)probe.LocalEndPoint;
        probe.Close();
        using Socket taken = Loopback.Listen();
        IPEndPoint[] addresses = [free, (IPEndPoint)taken.LocalEndPoint!];
        await Should.ThrowAsync<ConnectionException>(async () =>
            await Binding.BindAsync(addresses, ServerOptions.Default, TimeProvider.System)
        );
        (await BindAsync(free)).ShouldHaveSingleItem().Close();
    }

    [Clause("C-SRV-01")]
    [Fact]
    public async Task Any_host_binds_ipv4()
    {
        IReadOnlyList<TransportListener> listeners = await BindAsync(new DnsEndPoint(NetworkExtensions.AnyHost, 0));
        ((IPEndPoint)listeners[0].LocalEndPoint).Address.ShouldBe(IPAddress.Any);
        listeners.ToList().ForEach(listener => listener.Close());
    }

    [Clause("C-SRV-01", "C-SRV-03")]
    [Ipv6Fact]
    public async Task Any_host_binds_each_family_and_ipv6_is_ipv6_only()
    {
        IReadOnlyList<TransportListener> listeners = await BindAsync(new DnsEndPoint(NetworkExtensions.AnyHost, 0));
        IPEndPoint[] addresses = [.. listeners.Select(listener => (IPEndPoint)listener.LocalEndPoint)];
        addresses.Select(address => address.Address).ShouldBe([IPAddress.Any, IPAddress.IPv6Any]);
        // Were it not IPv6 only, this would find its port taken.
        (await BindAsync(new IPEndPoint(IPAddress.Any, addresses[1].Port)))
            .ShouldHaveSingleItem()
            .Close();
        listeners.ToList().ForEach(listener => listener.Close());
    }

    [Fact]
    public async Task A_name_binds_its_addresses()
    {
        IReadOnlyList<TransportListener> listeners = await BindAsync(new DnsEndPoint("localhost", 0));
        listeners.ShouldNotBeEmpty();
        listeners.ShouldAllBe(listener => IPAddress.IsLoopback(((IPEndPoint)listener.LocalEndPoint).Address));
        listeners.ToList().ForEach(listener => listener.Close());
    }

    [Fact]
    public async Task A_server_can_start_again_while_old_connections_linger()
    {
        TransportListener listener = (await BindAsync(Loopback.AnyPort, ServerOptions.Default)).ShouldHaveSingleItem();
        TaskCompletionSource<Transport> accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Start(accepted.SetResult, _ => { });
        using (Socket client = Loopback.Connect(listener.LocalEndPoint))
        {
            // The side that closes first is the one that lingers.
            (await accepted.Task.WaitAsync(Guard)).Close();
            client.Receive(new byte[1]).ShouldBe(0);
        }

        listener.Close();
        (await BindAsync(listener.LocalEndPoint, ServerOptions.Default)).ShouldHaveSingleItem().Close();
    }

    [Clause("C-SRV-06")]
    [Fact]
    public async Task Bound_only_it_refuses_until_it_is_started()
    {
        TransportListener listener = (await BindAsync(Loopback.AnyPort)).ShouldHaveSingleItem();
        Should
            .Throw<SocketException>(() => Loopback.Connect(listener.LocalEndPoint))
            .SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);
        listener.Start(transport => transport.Abort(), _ => { });
        Loopback.Connect(listener.LocalEndPoint).Dispose();
        listener.Close();
    }

    private Task<IReadOnlyList<TransportListener>> BindAsync(EndPoint local, ServerOptions? options = null) =>
        SocketNetwork.Default.BindAsync(local, options ?? BindOnly, Guard).AsTask();
}
