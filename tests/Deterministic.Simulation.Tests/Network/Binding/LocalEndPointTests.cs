using System.Net;
using Deterministic.Core;
using Deterministic.Faults.Engine;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Where a connection comes from: clause C-OPEN-10, and the ports that a host gives out.</summary>
public sealed class LocalEndPointTests
{
    private static readonly IPAddress Second = IPAddress.Parse("192.168.0.1");

    [Clause("C-OPEN-10")]
    [Documented("open_connection(local_addr)")]
    [Theory]
    [InlineData("192.168.0.1", 0)]
    [InlineData("192.168.0.1", 5000)]
    [InlineData("0.0.0.0", 5000)]
    public void A_connection_comes_from_the_address_and_port_that_were_given(string address, int port)
    {
        Talk.Alone(async world =>
        {
            SimulatedHost client = await WorldAsync(world);
            IPEndPoint given = new(IPAddress.Parse(address), port);
            await using Connection connection = await client.OpenConnectionAsync("server", 80, From(given));
            IPEndPoint local = connection.LocalEndPoint.ShouldBeOfType<IPEndPoint>();
            local.Address.ShouldBe(given.Address.Equals(IPAddress.Any) ? client.Address : given.Address);
            local.Port.ShouldBe(port == 0 ? TcpDefaults.FirstEphemeralPort : port);
        });
    }

    [Clause("C-OPEN-10")]
    [Fact]
    public void A_name_is_resolved_and_each_address_is_reached_from_one_of_its_family()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost client = await WorldAsync(world);
            world.AddName("here", client.Addresses[1], Second);
            ClientOptions options = From(new DnsEndPoint("here", 0));
            foreach (
                (IPAddress remote, IPAddress local) in new[]
                {
                    (world.Host("server").Address, Second),
                    (world.Host("server").Addresses[1], client.Addresses[1]),
                }
            )
            {
                await using Connection connection = await client.OpenConnectionAsync(
                    new IPEndPoint(remote, 80),
                    options
                );
                ((IPEndPoint)connection.LocalEndPoint!).Address.ShouldBe(local);
            }
        });
    }

    [Clause("C-OPEN-10")]
    [Theory]
    [InlineData("192.0.2.7", 0, ConnectionErrorKind.AddressNotAvailable)]
    [InlineData("::1", 0, ConnectionErrorKind.AddressNotAvailable)]
    [InlineData("10.0.0.2", 90, ConnectionErrorKind.AddressInUse)]
    public void A_local_address_that_cannot_be_had_is_an_error(string address, int port, ConnectionErrorKind kind)
    {
        Talk.Alone(async world =>
        {
            SimulatedHost client = await WorldAsync(world);
            await client.StartServerAsync(Ignore, port: 90);
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                client.OpenConnectionAsync("server", 80, From(new IPEndPoint(IPAddress.Parse(address), port))).AsTask()
            );
            error.Kind.ShouldBe(kind);
        });
    }

    [Fact]
    public void One_port_leads_to_several_places_and_to_each_of_them_once()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost client = await WorldAsync(world);
            await world.Host("another").StartServerAsync(Ignore, port: 80);
            ClientOptions options = From(new IPEndPoint(IPAddress.Any, 5000));
            Connection first = await client.OpenConnectionAsync("server", 80, options);
            await using Connection second = await client.OpenConnectionAsync("another", 80, options);
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                client.OpenConnectionAsync("server", 80, options).AsTask()
            );
            error.Kind.ShouldBe(ConnectionErrorKind.AddressNotAvailable);
            first.Abort();
            await using Connection again = await client.OpenConnectionAsync("server", 80, options);
        });
    }

    [Fact]
    public void A_host_gives_out_the_ports_of_its_own_range_only()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost client = await WorldAsync(world);
            client.TcpOptions = client.TcpOptions with { FirstEphemeralPort = 6000, LastEphemeralPort = 6002 };
            List<int> ports = [];
            for (int i = 0; i < 3; i++)
            {
                Connection connection = await client.OpenConnectionAsync("server", 80);
                ports.Add(((IPEndPoint)connection.LocalEndPoint!).Port);
            }

            ports.ShouldBe([6000, 6001, 6002]);
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                client.OpenConnectionAsync("server", 80).AsTask()
            );
            error.Kind.ShouldBe(ConnectionErrorKind.AddressNotAvailable);

            // Elsewhere the same ports lead, and a port of one's own choice is another matter.
            await world.Host("another").StartServerAsync(Ignore, port: 80);
            await client.OpenConnectionAsync("another", 80);
            await client.OpenConnectionAsync("server", 80, From(new IPEndPoint(IPAddress.Any, 7000)));
        });
    }

    [Fact]
    public void A_server_that_takes_any_port_takes_one_that_nobody_uses()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost client = await WorldAsync(world);
            client.TcpOptions = client.TcpOptions with { FirstEphemeralPort = 6000, LastEphemeralPort = 6002 };
            await client.OpenConnectionAsync("server", 80);
            StreamServer server = await client.StartServerAsync(Ignore, client.Address.ToString());
            server.EndPoints.ShouldBe([new IPEndPoint(client.Address, 6001)]);
            await client.OpenConnectionAsync("server", 80);
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                client.StartServerAsync(Ignore, client.Address.ToString()).AsTask()
            );
            error.Kind.ShouldBe(ConnectionErrorKind.AddressNotAvailable);
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_536)]
    public void What_is_no_port_bounds_no_range(int port)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new TcpOptions { FirstEphemeralPort = port });
        Should.Throw<ArgumentOutOfRangeException>(() => new TcpOptions { LastEphemeralPort = port });
    }

    private static async Task<SimulatedHost> WorldAsync(SimulatedWorld world)
    {
        await world
            .Host("server")
            .StartServerAsync(static async (reader, _) => await reader.ReadToEndAsync(), port: 80);
        SimulatedHost client = world.Host("client");
        client.AddAddress(Second);
        return client;
    }

    private static ClientOptions From(EndPoint local) => new() { LocalEndPoint = local };

    private static Task Ignore(Connection connection) => Task.CompletedTask;
}
