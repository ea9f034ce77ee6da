using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Connecting;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

/// <summary>Clause C-OPEN-10.</summary>
public sealed class LocalEndPointTests : GuardedTest
{
    // TEST-NET-1: no host has it.
    private static readonly IPEndPoint Elsewhere = new(IPAddress.Parse("192.0.2.1"), 0);

    // Every address of 127.0.0.0/8 is of this host.
    private static readonly IPEndPoint Second = new(IPAddress.Parse("127.0.0.2"), 0);

    [Clause("C-OPEN-10")]
    [Fact]
    public async Task A_connection_comes_from_the_address_that_was_given()
    {
        using Socket listener = Loopback.Listen();
        Transport transport = await ConnectAsync(listener.LocalEndPoint!, Second);
        ((IPEndPoint)transport.LocalEndPoint!).Address.ShouldBe(Second.Address);
        transport.Abort();
    }

    [Clause("C-OPEN-10")]
    [Documented("open_connection(local_addr)")]
    [Fact]
    public async Task A_connection_comes_from_the_port_that_was_given()
    {
        using Socket listener = Loopback.Listen();
        // Held, so that nobody else is given it; a socket that does not listen shares its port.
        using Socket holder = Loopback.HoldRefusingPort();
        IPEndPoint free = (IPEndPoint)holder.LocalEndPoint!;
        Transport transport = await ConnectAsync(listener.LocalEndPoint!, free);
        transport.LocalEndPoint.ShouldBe(free);
        transport.Abort();
    }

    [Clause("C-OPEN-10")]
    [Fact]
    public async Task A_name_is_resolved()
    {
        using Socket listener = Loopback.Listen();
        Transport transport = await ConnectAsync(listener.LocalEndPoint!, new DnsEndPoint("localhost", 0));
        IPAddress.IsLoopback(((IPEndPoint)transport.LocalEndPoint!).Address).ShouldBeTrue();
        transport.Abort();
    }

    [Clause("C-OPEN-10")]
    [Fact]
    public void Each_remote_address_is_tried_from_a_local_one_of_its_family()
    {
        IPEndPoint[] locals = [Loopback.AnyPort, new(IPAddress.IPv6Loopback, 0)];
        foreach (IPEndPoint local in locals)
        {
            using Socket socket = new(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            LocalAddresses.Bind(socket, locals, new IPEndPoint(local.Address, 7));
            ((IPEndPoint)socket.LocalEndPoint!).Address.ShouldBe(local.Address);
        }
    }

    [Clause("C-OPEN-10")]
    [Fact]
    public async Task A_local_address_that_cannot_be_bound_is_an_error_that_names_it()
    {
        using Socket listener = Loopback.Listen();
        ConnectionException error = await ConnectAsync(listener.LocalEndPoint!, Elsewhere)
            .ShouldFailAsync(ConnectionErrorKind.AddressNotAvailable);
        error.Message.ShouldStartWith("error while attempting to bind on address 192.0.2.1:0: ");
        error.InnerException.ShouldBeOfType<SocketException>();
        listener.Poll(0, SelectMode.SelectRead).ShouldBeFalse("nothing came from elsewhere");
    }

    [Clause("C-OPEN-10")]
    [Fact]
    public async Task A_local_address_of_no_family_that_fits_is_an_error_that_says_so()
    {
        using Socket listener = Loopback.Listen();
        ConnectionException error = await ConnectAsync(
                listener.LocalEndPoint!,
                new IPEndPoint(IPAddress.IPv6Loopback, 0)
            )
            .ShouldFailAsync(ConnectionErrorKind.AddressNotAvailable);
        error.Message.ShouldBe(
            "no matching local address with family=InterNetwork found: "
                + $"{listener.LocalEndPoint} can't be connected to from [[::1]:0]"
        );
    }

    [Clause("C-OPEN-10")]
    [Fact]
    public async Task Of_several_local_addresses_the_first_that_can_be_bound_is_taken()
    {
        using Socket listener = Loopback.Listen();
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        LocalAddresses.Bind(
            socket,
            [new IPEndPoint(IPAddress.IPv6Loopback, 0), Elsewhere, Second],
            (IPEndPoint)listener.LocalEndPoint!
        );
        ((IPEndPoint)socket.LocalEndPoint!).Address.ShouldBe(Second.Address);
        await socket.ConnectAsync(listener.LocalEndPoint!, Guard);
    }

    private Task<Transport> ConnectAsync(EndPoint remote, EndPoint local) =>
        SocketNetwork.Default.ConnectAsync(remote, new ClientOptions { LocalEndPoint = local }, Guard).AsTask();
}
