using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Addresses of hosts, names of addresses, and how a client goes through them.</summary>
public sealed class NameTests
{
    private static readonly IPAddress Nowhere = IPAddress.Parse("192.0.2.1");

    [Fact]
    public void A_host_has_an_address_of_each_family_and_those_that_were_added()
    {
        SimulatedWorld world = new(1);
        SimulatedHost first = world.Host("first");
        first.Addresses.ShouldBe([IPAddress.Parse("10.0.0.1"), IPAddress.Parse("fd00::1")]);
        first.Address.ShouldBe(IPAddress.Parse("10.0.0.1"));
        world.Host("second").Addresses.ShouldBe([IPAddress.Parse("10.0.0.2"), IPAddress.Parse("fd00::2")]);
        first.AddAddress(IPAddress.Parse("192.168.0.1"));
        first.Addresses[2].ShouldBe(IPAddress.Parse("192.168.0.1"));
        first.Address.ShouldBe(IPAddress.Parse("10.0.0.1"));
    }

    [Theory]
    [InlineData("10.0.0.2")]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("::")]
    [InlineData("ff02::1")]
    [InlineData("255.255.255.255")]
    public void An_address_that_no_host_can_have_or_one_has_already_is_refused(string address)
    {
        SimulatedWorld world = new(1);
        SimulatedHost host = world.Host("host");
        world.Host("other");
        Should.Throw<ArgumentException>(() => host.AddAddress(IPAddress.Parse(address)));
        host.Addresses.Count.ShouldBe(2);
    }

    [Fact]
    public void Every_address_of_a_host_leads_to_it_and_the_host_answers_from_one_of_that_family()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost server = world.Host("server");
            SimulatedHost client = world.Host("client");
            server.AddAddress(IPAddress.Parse("192.168.0.1"));
            await using StreamServer serving = await server.StartServerAsync(Ignore, port: 80);
            foreach (IPAddress address in server.Addresses)
            {
                await using Connection connection = await client.OpenConnectionAsync(new IPEndPoint(address, 80));
                connection.RemoteEndPoint.ShouldBe(new IPEndPoint(address, 80));
                connection
                    .LocalEndPoint.ShouldBeOfType<IPEndPoint>()
                    .Address.ShouldBe(client.Addresses[address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1]);
            }
        });
    }

    [Fact]
    public void The_addresses_of_a_name_are_tried_in_order()
    {
        SimulatedWorld world = Talk.Alone(async world =>
        {
            SimulatedHost server = world.Host("server");
            world.AddName("service", world.Host("other").Address, server.Addresses[1], server.Address);
            await using StreamServer serving = await server.StartServerAsync(Ignore, port: 80);
            await using Connection connection = await world.Host("client").OpenConnectionAsync("Service", 80);
            connection.RemoteEndPoint.ShouldBe(new IPEndPoint(server.Addresses[1], 80));
        });
        world
            .Trace.Events.Where(happened => happened.Kind == TraceKind.Connecting)
            .Select(happened => happened.Text)
            .ShouldBe(["other:80", "server:80"]);
    }

    [Clause("C-OPEN-07")]
    [Fact]
    public void When_no_address_answers_each_is_named()
    {
        Talk.Alone(async world =>
        {
            world.AddName("service", world.Host("refusing").Address, Nowhere);
            ConnectionException error = await FailureAsync(world, "service", ClientOptions.Default);
            error.Kind.ShouldBe(ConnectionErrorKind.Other);
            error.Message.ShouldContain("refusing:80");
            error.Message.ShouldContain("192.0.2.1");
        });
    }

    [Clause("C-OPEN-09")]
    [Documented("open_connection(happy_eyeballs_delay)")]
    [Fact]
    public void With_a_delay_an_address_that_is_silent_costs_the_delay()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost client = world.Host("client");
            SimulatedHost silent = world.Host("silent");
            SimulatedHost server = world.Host("server");
            world.Link(client, silent).Partition();
            world.AddName("service", silent.Address, server.Address);
            await using StreamServer serving = await server.StartServerAsync(Ignore, port: 80);
            ClientOptions racing = new() { HappyEyeballsDelay = TimeSpan.FromMilliseconds(250) };
            await using Connection connection = await client.OpenConnectionAsync("service", 80, racing);
            connection.RemoteEndPoint.ShouldBe(new IPEndPoint(server.Address, 80));
            world.Scheduler.Now.ShouldBeInRange(TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(300));
            client.Tcp.Count.ShouldBe(1, "the attempt that lost is over");
        });
    }

    [Clause("C-OPEN-08")]
    [Documented("open_connection(interleave)")]
    [Fact]
    public void Interleaving_tries_the_families_in_turn()
    {
        SimulatedWorld world = Talk.Alone(async world =>
        {
            SimulatedHost[] hosts = [world.Host("a"), world.Host("b"), world.Host("c")];
            world.AddName("service", hosts[0].Address, hosts[1].Address, hosts[2].Addresses[1]);
            await FailureAsync(world, "service", new ClientOptions { Interleave = 1 });
        });
        world
            .Trace.Events.Where(happened => happened.Kind == TraceKind.Connecting)
            .Select(happened => happened.Text)
            .ShouldBe(["a:80", "c:80", "b:80"]);
    }

    [Fact]
    public void A_family_that_is_asked_for_leaves_the_others_out()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost server = world.Host("server");
            await using StreamServer serving = await server.StartServerAsync(Ignore, port: 80);
            ClientOptions six = new() { AddressFamily = AddressFamily.InterNetworkV6 };
            (await FailureAsync(world, "server", six)).Kind.ShouldBe(ConnectionErrorKind.NameNotResolved);
            (await FailureAsync(world, server.Address.ToString(), six)).Kind.ShouldBe(
                ConnectionErrorKind.NameNotResolved
            );
            world.AddName("server", server.Addresses[0], server.Addresses[1]);
            await using Connection connection = await world.Host("client").OpenConnectionAsync("server", 80, six);
            connection.RemoteEndPoint.ShouldBe(new IPEndPoint(server.Addresses[1], 80));
        });
    }

    [Fact]
    public void Without_a_resolver_only_addresses_in_text_are_taken()
    {
        Talk.Alone(async world =>
        {
            await using StreamServer serving = await world.Host("server").StartServerAsync(Ignore, port: 80);
            ClientOptions numeric = new() { ResolverHints = ResolverHints.NumericHost };
            (await FailureAsync(world, "server", numeric)).Kind.ShouldBe(ConnectionErrorKind.NameNotResolved);
            SimulatedHost client = world.Host("client");
            await using Connection connection = await client.OpenConnectionAsync("10.0.0.1", 80, numeric);
            DnsEndPoint text = new("::ffff:10.0.0.1", 80);
            await using Connection mapped = await client.OpenConnectionAsync(text, numeric);
            mapped.RemoteEndPoint.ShouldBe(connection.RemoteEndPoint);
        });
    }

    [Fact]
    public void The_address_that_stands_for_all_leads_a_client_to_itself()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            await using StreamServer serving = await host.StartServerAsync(Ignore, port: 80);
            await using Connection four = await host.OpenConnectionAsync(new IPEndPoint(IPAddress.Any, 80));
            four.RemoteEndPoint.ShouldBe(new IPEndPoint(IPAddress.Loopback, 80));
            await using Connection six = await host.OpenConnectionAsync(new IPEndPoint(IPAddress.IPv6Any, 80));
            six.RemoteEndPoint.ShouldBe(new IPEndPoint(IPAddress.IPv6Loopback, 80));
        });
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("10.0.0.1")]
    [InlineData(" ")]
    public void What_has_a_meaning_already_is_no_name_to_give(string name) =>
        Should.Throw<ArgumentException>(() => new SimulatedWorld(1).AddName(name, Nowhere));

    [Fact]
    public void A_name_needs_an_address() =>
        Should.Throw<ArgumentException>(() => new SimulatedWorld(1).AddName("service"));

    private static Task<ConnectionException> FailureAsync(SimulatedWorld world, string name, ClientOptions options) =>
        Talk.FailureOfAsync<ConnectionException>(world.Host("client").OpenConnectionAsync(name, 80, options).AsTask());

    private static Task Ignore(Connection connection) => Task.CompletedTask;
}
