using System.Net;
using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>The errors of a program that cannot connect.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void Who_connects_to_a_server_on_localhost_from_another_host_is_told_where_it_listens()
    {
        SimulatedWorld world = Talk.Alone(async world =>
        {
            await using StreamServer server = await world
                .Host("server")
                .StartServerAsync(static _ => Task.CompletedTask, "localhost", 7000);
            ConnectionException error = await FailureAsync(world.Host("client"), "server", 7000);
            error.Kind.ShouldBe(ConnectionErrorKind.Refused);
            error.Message.ShouldBe(
                "Connection refused: nobody listens at server:7000 (10.0.0.1:7000). 'server' listens at 127.0.0.1:7000, [::1]:7000: "
                    + "other hosts cannot reach loopback addresses, so bind the server to 'server' or to all addresses."
            );
        });
        world
            .Trace.Events.Where(happened => happened.Kind is TraceKind.Listening or TraceKind.StoppedListening)
            .Select(happened => happened.Text)
            .ShouldBe(["127.0.0.1:7000", "[::1]:7000", "127.0.0.1:7000", "[::1]:7000"]);
    }

    [Fact]
    public void Who_connects_to_a_port_that_nobody_has_is_told_which_ports_there_are()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost server = world.Host("server");
            SimulatedHost client = world.Host("client");
            (await FailureAsync(client, "server", 80)).Message.ShouldBe(
                "Connection refused: nobody listens at server:80 (10.0.0.1:80). 'server' listens nowhere."
            );
            await using StreamServer serving = await server.StartServerAsync(
                static _ => Task.CompletedTask,
                port: 8080
            );
            (await FailureAsync(client, "server", 80)).Message.ShouldBe(
                "Connection refused: nobody listens at server:80 (10.0.0.1:80). 'server' listens at 0.0.0.0:8080, [::]:8080."
            );
            (await FailureAsync(server, "127.0.0.1", 80)).Message.ShouldStartWith(
                "Connection refused: nobody listens at server:80 (127.0.0.1:80). 'server' listens at 0.0.0.0:8080"
            );
        });
    }

    [Fact]
    public void Of_many_listeners_some_are_named()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost server = world.Host("server");
            for (int port = 20; port > 0; port--)
            {
                await server.StartServerAsync(static _ => Task.CompletedTask, "server", port);
            }

            (await FailureAsync(world.Host("client"), "server", 80)).Message.ShouldEndWith(
                "'server' listens at 10.0.0.1:1, 10.0.0.1:2, 10.0.0.1:3, 10.0.0.1:4 and 16 more."
            );
        });
    }

    [Fact]
    public void A_server_that_is_bound_and_does_not_serve_yet_is_said_to_be_so()
    {
        Talk.Alone(async world =>
        {
            ServerOptions later = new() { StartServing = false };
            await using StreamServer server = await world
                .Host("server")
                .StartServerAsync(static _ => Task.CompletedTask, "server", 80, later);
            (await FailureAsync(world.Host("client"), "server", 80)).Message.ShouldBe(
                "Connection refused: nobody listens at server:80 (10.0.0.1:80). A server is bound there and does not serve yet."
            );
        });
    }

    [Fact]
    public void A_connection_that_a_fault_has_refused_is_not_said_to_have_found_nobody()
    {
        Talk.Alone(
            async world =>
            {
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync(static _ => Task.CompletedTask, port: 80);
                (await FailureAsync(world.Host("client"), "server", 80)).Message.ShouldBe(
                    "Connection refused by server:80 (10.0.0.1:80)."
                );
            },
            Struck.By(Fault.Refused())
        );
    }

    [Fact]
    public void An_unknown_name_is_told_with_the_names_that_there_are_and_the_likeliest_of_them()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost client = world.Host("client");
            world.Host("server");
            world.AddName("service", IPAddress.Parse("10.0.0.2"));
            ConnectionException error = await FailureAsync(client, "servre", 80);
            error.Kind.ShouldBe(ConnectionErrorKind.NameNotResolved);
            error.Message.ShouldBe(
                "The name 'servre' is not known: no host of the simulation has it. Did you mean 'server'? Known: client, server, service. "
                    + "A host exists once Host(\"servre\") was called."
            );
            (await FailureAsync(client, "elsewhere.example", 80)).Message.ShouldNotContain("Did you mean");
        });
    }

    [Fact]
    public void Binding_to_the_name_of_a_host_that_was_not_named_yet_says_how_a_host_comes_to_be()
    {
        Talk.Alone(async world =>
        {
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                world.Host("server").StartServerAsync(static _ => Task.CompletedTask, "client", 80).AsTask()
            );
            error.Message.ShouldContain("Known: server. A host exists once Host(\"client\") was called.");
        });
    }

    [Fact]
    public void Of_many_names_some_are_listed()
    {
        Talk.Alone(async world =>
        {
            foreach (int number in Enumerable.Range(1, 100))
            {
                world.Host($"host-{number}");
            }

            string message = (await FailureAsync(world.Host("host-1"), "hots-77", 80)).Message;
            message.ShouldContain("Did you mean 'host-77'? Known: host-1, host-2, ");
            message.ShouldContain(" and 90 more. ");
        });
    }

    [Fact]
    public void An_address_that_no_host_has_is_told_with_those_that_hosts_have()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost client = world.Host("client");
            world.Host("server");
            (await FailureAsync(client, "192.0.2.1", 80)).Message.ShouldBe(
                "No route to 192.0.2.1: no host of the simulation has that address. Known: client (10.0.0.1, fd00::1), server (10.0.0.2, fd00::2)."
            );
        });
    }

    [Clause("C-OPEN-12")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_no_address_of_several_can_be_reached_each_is_listed(bool silent)
    {
        Talk.Alone(async world =>
        {
            IPAddress[] addresses =
            [
                IPAddress.Parse("fd00::9"),
                IPAddress.Parse("10.1.0.9"),
                IPAddress.Parse("10.1.0.8"),
            ];
            SimulatedHost server = world.Host("server");
            SimulatedHost client = world.Host("client");
            Array.ForEach(addresses, server.AddAddress);
            world.AddName("multi", addresses);
            if (silent)
            {
                world.Link(client, server).Partition();
            }

            string message = (await FailureAsync(client, "multi", 7)).Message;

            Array.ForEach(addresses, address => message.ShouldContain($"({new IPEndPoint(address, 7)})"));
            message.ShouldContain(silent ? "has not answered" : "nobody listens");
        });
    }

    private static Task<ConnectionException> FailureAsync(SimulatedHost from, string host, int port) =>
        Talk.FailureOfAsync<ConnectionException>(from.OpenConnectionAsync(host, port).AsTask());
}
