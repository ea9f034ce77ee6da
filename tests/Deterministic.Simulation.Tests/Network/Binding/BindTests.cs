using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Who may listen where, and who of them is asked. The rules are Linux's.</summary>
public sealed class BindTests
{
    private const string Own = "10.0.0.1";
    private const string Second = "192.168.0.1";
    private const string Own6 = "fd00::1";

    private static readonly ServerOptions Sharing = new() { ReusePort = true };
    private static readonly ServerOptions Later = new() { StartServing = false };

    [Theory]
    [InlineData(Own, Own, false)]
    [InlineData(Own, Second, true)]
    [InlineData(Own, Own6, true)]
    [InlineData(Own, "0.0.0.0", false)]
    [InlineData("0.0.0.0", Own, false)]
    [InlineData("0.0.0.0", "127.0.0.1", false)]
    [InlineData("127.0.0.1", Own, true)]
    [InlineData("0.0.0.0", "::", true)]
    [InlineData("::", Own6, false)]
    public void A_port_is_in_use_where_the_addresses_overlap(string first, string second, bool fits)
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = HostOf(world);
            await host.StartServerAsync(Ignore, first, 80);
            Task<StreamServer> another = host.StartServerAsync(Ignore, second, 80).AsTask();
            if (fits)
            {
                (await another).IsServing.ShouldBeTrue();
            }
            else
            {
                (await Talk.FailureOfAsync<ConnectionException>(another)).Kind.ShouldBe(
                    ConnectionErrorKind.AddressInUse
                );
            }
        });
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void An_address_is_shared_by_those_that_all_agree(bool first, bool second, bool fits)
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = HostOf(world);
            await host.StartServerAsync(Ignore, Own, 80, new ServerOptions { ReusePort = first });
            Task another = host.StartServerAsync(Ignore, "0.0.0.0", 80, new ServerOptions { ReusePort = second })
                .AsTask();
            if (fits)
            {
                await another;
            }
            else
            {
                await Talk.FailureOfAsync<ConnectionException>(another);
            }
        });
    }

    [Fact]
    public void Of_those_that_share_an_address_each_is_asked_at_times()
    {
        HashSet<string> asked = [];
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SimulatedWorld world = new(seed);
            world.Run(() => AskAsync(world), World.Limits).ThrowIfNotCompleted();
        }

        asked.ShouldBe(["first", "second"], ignoreOrder: true);

        async Task AskAsync(SimulatedWorld world)
        {
            await using StreamServer first = await StartAsync(HostOf(world), "first", "0.0.0.0", Sharing);
            await using StreamServer second = await StartAsync(HostOf(world), "second", "0.0.0.0", Sharing);
            asked.Add(await AskForNameAsync(world, Own));
        }
    }

    [Fact]
    public void The_listener_at_the_very_address_comes_before_one_at_all_of_them()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = HostOf(world);
            await using StreamServer all = await StartAsync(host, "all", "0.0.0.0", Sharing);
            StreamServer one = await StartAsync(host, "one", Own, Sharing);
            (await AskForNameAsync(world, Own)).ShouldBe("one");
            (await AskForNameAsync(world, Second)).ShouldBe("all");
            one.Close();
            (await AskForNameAsync(world, Own)).ShouldBe("all");
        });
    }

    [Fact]
    public void A_host_serves_on_one_port_with_a_server_for_each_address()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = HostOf(world);
            foreach (string address in new[] { Own, Second, Own6 })
            {
                await StartAsync(host, address, address, ServerOptions.Default);
            }

            foreach (string address in new[] { Own, Second, Own6 })
            {
                (await AskForNameAsync(world, address)).ShouldBe(address);
            }
        });
    }

    [Fact]
    public void Of_two_that_are_bound_the_first_to_listen_wins()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = HostOf(world);
            StreamServer first = await host.StartServerAsync(Ignore, Own, 80, Later);
            StreamServer second = await host.StartServerAsync(Ignore, "0.0.0.0", 80, Later);
            second.StartServing();
            Should.Throw<ConnectionException>(first.StartServing).Kind.ShouldBe(ConnectionErrorKind.AddressInUse);
            await using Connection client = await world.Host("client").OpenConnectionAsync(Own, 80);
        });
    }

    [Fact]
    public void Without_address_reuse_two_are_not_even_bound()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = HostOf(world);
            await host.StartServerAsync(Ignore, Own, 80, Later);
            await InUseAsync(host.StartServerAsync(Ignore, Own, 80, Later with { ReuseAddress = false }));
        });
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_server_that_starts_again_minds_the_old_connections_only_without_address_reuse(bool? reuse, bool fits)
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = HostOf(world);
            ServerOptions options = new() { ReuseAddress = reuse };
            await using (StreamServer first = await host.StartServerAsync(Ignore, port: 80, options: options))
            {
                await using Connection client = await world.Host("client").OpenConnectionAsync(Own, 80);
                await client.Reader.ReadToEndAsync();
            }

            host.Tcp.Count.ShouldBe(1, "the server closed first, so its side is in TIME-WAIT");
            ValueTask<StreamServer> second = host.StartServerAsync(Ignore, port: 80, options: options);
            if (fits)
            {
                await second;
                return;
            }

            await InUseAsync(second);
            await Task.Delay(TcpOptions.Default.TimeWait * 2, world.TimeProvider);
            await host.StartServerAsync(Ignore, port: 80, options: options);
        });
    }

    [Fact]
    public void The_port_of_a_connection_that_the_host_made_is_in_use()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = HostOf(world);
            await world.Host("other").StartServerAsync(Ignore, port: 80);
            await using Connection connection = await host.OpenConnectionAsync("other", 80);
            int port = ((IPEndPoint)connection.LocalEndPoint!).Port;
            await InUseAsync(host.StartServerAsync(Ignore, port: port));
            await host.StartServerAsync(Ignore, Second, port);
        });
    }

    [Fact]
    public void At_every_address_means_one_listener_for_each_family()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = HostOf(world);
            StreamServer both = await host.StartServerAsync(Ignore, port: 80);
            both.EndPoints.ShouldBe([new IPEndPoint(host.Address, 80), new IPEndPoint(host.Addresses[1], 80)]);
            both.Close();
            StreamServer six = await host.StartServerAsync(
                Ignore,
                port: 80,
                options: new ServerOptions { AddressFamily = AddressFamily.InterNetworkV6 }
            );
            six.EndPoints.ShouldBe([new IPEndPoint(host.Addresses[1], 80)]);
        });
    }

    [Clause("C-SRV-05")]
    [Fact]
    public void Of_several_hosts_those_that_are_elsewhere_are_left_out_and_two_names_of_one_address_are_one()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = HostOf(world);
            world.AddName("alias", host.Address);
            StreamServer server = await host.StartServerAsync(
                Ignore,
                ["alias", world.Host("other").Name, "server", Own6],
                80
            );
            server.EndPoints.ShouldBe([new IPEndPoint(host.Address, 80), new IPEndPoint(host.Addresses[1], 80)]);
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                host.StartServerAsync(Ignore, ["other", "192.0.2.1"], 81).AsTask()
            );
            error.Kind.ShouldBe(ConnectionErrorKind.AddressNotAvailable);
        });
    }

    [Fact]
    public void When_one_of_several_is_in_use_none_stays_bound()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = HostOf(world);
            await host.StartServerAsync(Ignore, Second, 80);
            await InUseAsync(host.StartServerAsync(Ignore, [Own, Second], 80));
            await host.StartServerAsync(Ignore, Own, 80);
        });
    }

    private static SimulatedHost HostOf(SimulatedWorld world)
    {
        SimulatedHost host = world.Host("server");
        IPAddress second = IPAddress.Parse(Second);
        if (!host.Addresses.Contains(second))
        {
            host.AddAddress(second);
        }

        return host;
    }

    private static async Task InUseAsync(ValueTask<StreamServer> starting) =>
        (await Talk.FailureOfAsync<ConnectionException>(starting.AsTask())).Kind.ShouldBe(
            ConnectionErrorKind.AddressInUse
        );

    private static ValueTask<StreamServer> StartAsync(
        SimulatedHost host,
        string name,
        string address,
        ServerOptions options
    ) =>
        host.StartServerAsync(
            (_, writer) =>
            {
                writer.Write(Talk.Bytes(name));
                return Task.CompletedTask;
            },
            address,
            80,
            options
        );

    private static async Task<string> AskForNameAsync(SimulatedWorld world, string address)
    {
        await using Connection client = await world.Host("client").OpenConnectionAsync(address, 80);
        return Talk.Text(await client.Reader.ReadToEndAsync());
    }

    private static Task Ignore(Connection connection) => Task.CompletedTask;
}
