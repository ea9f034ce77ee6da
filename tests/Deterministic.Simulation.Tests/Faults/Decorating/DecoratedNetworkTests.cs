using System.Net;
using System.Reflection;
using Deterministic.Faults;
using Deterministic.Faults.Decorating;
using Deterministic.Simulation.Tcp;
using Deterministic.Streams;
using Deterministic.Streams.Driving;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>What a decorated network is, beside its faults.</summary>
public sealed class DecoratedNetworkTests
{
    private static readonly FaultRule SecondLate = Fault.Latency(LatencyDistribution.Constant(Seconds(1)));

    [Fact]
    public void Every_supported_fault_has_a_test_that_shows_it()
    {
        FaultKind[] shown =
        [
            .. typeof(DecoratedNetworkTests)
                .Assembly.GetTypes()
                .SelectMany(type => type.GetMethods())
                .Where(method => method.GetCustomAttribute<FactAttribute>() is { Skip: null })
                .SelectMany(method => method.GetCustomAttributes<ShowsDecoratedFaultAttribute>())
                .Select(shows => shows.Kind)
                .Distinct()
                .Order(),
        ];
        shown.ShouldBe(Enum.GetValues<FaultKind>().Where(FaultyNetwork.Supports));
    }

    [Theory]
    [InlineData(typeof(FaultyTransport), nameof(Transport.IsReceiveReady))]
    [InlineData(typeof(FaultyListener))]
    public void Every_call_is_answered_by_what_decorates_or_passed_on(Type decorator, params string[] own)
    {
        // A member that is not overridden would answer for what lies below, and nobody would notice.
        decorator
            .BaseType!.GetMethods()
            .Where(method => method.IsVirtual && method.DeclaringType == decorator.BaseType)
            .Where(method =>
                decorator
                    .GetMethod(method.Name, [.. method.GetParameters().Select(one => one.ParameterType)])!
                    .DeclaringType != decorator
            )
            .Select(method => method.Name)
            .ShouldBe(own.Select(name => $"get_{name}"));
    }

    [Fact]
    public void What_a_profile_asks_for_in_vain_is_told()
    {
        FaultyNetwork faulty = new(new SimulatedWorld(1).Host("a"), FaultProfiles.Mobile, seed: 1, "a");
        faulty.Unsupported.Select(rule => rule.Kind).ShouldBe([FaultKind.Loss]);
        faulty.ForHost("b").Unsupported.ShouldBe(faulty.Unsupported);
        new FaultyNetwork(
            new SimulatedWorld(1).Host("a"),
            FaultProfiles.Hostile,
            seed: 1,
            "a"
        ).Unsupported.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_a_rule_nothing_lies_between(bool hasOnlyUnsupported)
    {
        SimulatedWorld world = new(1);
        FaultyNetwork faulty = new(
            world.Host("client"),
            hasOnlyUnsupported ? Calm.With(Fault.Loss()) : Calm,
            seed: 1,
            "client"
        );
        world
            .Run(async () =>
            {
                TransportListener listener = (
                    await faulty.BindAsync(new DnsEndPoint("client", 0), ServerOptions.Default, default)
                )[0];
                listener.Start(static _ => { }, static _ => { });
                Transport transport = await faulty.ConnectAsync(listener.LocalEndPoint, ClientOptions.Default, default);
                listener.ShouldNotBeOfType<FaultyListener>();
                transport.ShouldBeOfType<SimulatedTransport>();
            })
            .ThrowIfNotCompleted();
    }

    [Theory]
    [InlineData("hostile", true)]
    [InlineData("calm", false)]
    public void The_latency_of_a_profile_is_added_unless_it_is_the_ordinary_one(string profile, bool added)
    {
        FaultProfile faults = FaultProfiles.Find(profile)! with
        {
            Rules = [Fault.Stall(TimeSpan.Zero).Nth(long.MaxValue)],
        };
        TimeSpan most = TimeSpan.Zero;
        Pair(
            faults,
            decoratesServer: false,
            async (world, client, server) =>
            {
                for (int number = 0; number < 20; number++)
                {
                    TimeSpan travel = await TravelAsync(world, client, server);
                    most = travel > most ? travel : most;
                }
            }
        );
        (most > Ms(100)).ShouldBe(added);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whether_one_host_is_decorated_or_both_what_they_send_each_other_is_struck_once(bool both)
    {
        Pair(
            Calm.With(SecondLate),
            both,
            async (world, client, server) =>
            {
                (TimeSpan there, TimeSpan back) = await Decorated.TravelBothWaysAsync(world, client, server);
                there.ShouldBeInRange(Seconds(1), Seconds(1) + Soon);
                back.ShouldBeInRange(Seconds(1), Seconds(1) + Soon);
            }
        );
    }

    [Fact]
    public void A_decorated_server_knows_who_connects_by_the_time_it_sends()
    {
        Pair(
            Calm.With(SecondLate.On("server", "client")),
            decoratesServer: true,
            async (world, client, server) =>
            {
                TimeSpan start = world.Scheduler.Now;
                server.Writer.Write("first"u8);
                await client.Reader.ReadExactlyAsync(5);
                (world.Scheduler.Now - start).ShouldBeInRange(Seconds(1) - Soon, Seconds(1) + Soon);
                (await TravelAsync(world, client, server)).ShouldBeLessThan(Soon);
            }
        );
    }

    [Fact]
    public void Unix_sockets_stay_within_a_host_and_are_not_struck()
    {
        Decorated.Alone(
            async (_, faulty) =>
            {
                await using StreamServer server = await faulty.StartUnixServerAsync(
                    (reader, writer) => Task.CompletedTask,
                    "/run/a.sock"
                );
                await using Connection connection = await faulty.OpenUnixConnectionAsync("/run/a.sock");
                (await connection.Reader.ReadToEndAsync()).ShouldBeEmpty();
            },
            Fault.Refused(),
            Fault.Reset()
        );
    }

    [Fact]
    public void A_close_is_over_at_once_and_what_was_sent_before_still_arrives()
    {
        Decorated.Between(
            async (world, client, server) =>
            {
                client.Writer.Write("last words"u8);
                client.Writer.Close();
                TimeSpan start = world.Scheduler.Now;
                await client.Writer.WaitClosedAsync();
                world.Scheduler.Now.ShouldBe(start);
                Talk.Text(await server.Reader.ReadToEndAsync()).ShouldBe("last words");
                (world.Scheduler.Now - start).ShouldBeInRange(Seconds(1), Seconds(1) + Soon);
            },
            SecondLate.On("client", "server")
        );
    }

    [Fact]
    public void A_close_that_lingers_waits_for_what_is_on_its_way()
    {
        Decorated.Alone(
            async (world, faulty) =>
            {
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync(async (reader, _) => await reader.ReadToEndAsync(), port: 80);
                Connection client = await faulty.OpenConnectionAsync(
                    "server",
                    80,
                    new ClientOptions { Linger = Seconds(30) }
                );
                client.Writer.Write("last words"u8);
                client.Writer.Close();
                TimeSpan start = world.Scheduler.Now;
                await client.Writer.WaitClosedAsync();
                (world.Scheduler.Now - start).ShouldBeInRange(Seconds(1), Seconds(1) + Soon);
            },
            SecondLate.On("client", "server")
        );
    }

    [Fact]
    public void An_abort_loses_what_is_on_its_way()
    {
        Decorated.Between(
            async (world, client, server) =>
            {
                client.Writer.Write("never"u8);
                client.Writer.Abort();
                await client.Writer.WaitClosedAsync();
                (await server.Reader.LossAsync()).ShouldBe(Core.ConnectionErrorKind.Reset);
                server.Reader.TakeBuffered().ShouldBeEmpty();
            },
            SecondLate
        );
    }

    [Fact]
    public void Over_a_simulated_network_all_of_it_is_the_same_each_time()
    {
        ulong[] hashes = [.. Enumerable.Range(0, 2).Select(_ => HashOf(7)), HashOf(8)];
        hashes[1].ShouldBe(hashes[0]);
        hashes[2].ShouldNotBe(hashes[0]);

        static ulong HashOf(ulong seed)
        {
            SimulatedWorld world = new(1);
            FaultyNetwork client = new(world.Host("client"), FaultProfiles.LossyWan, seed, "client");
            world
                .Run(async () =>
                {
                    await using StreamServer server = await client
                        .ForHost("server", world.Host("server"))
                        .StartServerAsync(
                            async (reader, writer) => writer.Write(await reader.ReadToEndAsync()),
                            "server",
                            80
                        );
                    await using Connection connection = await client.OpenConnectionAsync("server", 80);
                    connection.Writer.Write(new byte[10_000]);
                    connection.Writer.WriteEof();
                    (await connection.Reader.ReadToEndAsync()).Length.ShouldBe(10_000);
                })
                .ThrowIfNotCompleted();
            return world.Trace.Hash;
        }
    }

    /// <summary>A decorated client, and a server that is decorated with the same faults or not at all.</summary>
    private static void Pair(
        FaultProfile faults,
        bool decoratesServer,
        Func<SimulatedWorld, Connection, Connection, Task> program
    )
    {
        SimulatedWorld world = new(1);
        FaultyNetwork client = new(world.Host("client"), faults, seed: 1, "client");
        INetwork host = decoratesServer ? client.ForHost("server", world.Host("server")) : world.Host("server");
        world
            .Run(async () =>
            {
                TaskCompletionSource<Connection> accepted = new();
                TaskCompletionSource over = new();
                await using StreamServer server = await host.StartServerAsync(
                    connection =>
                    {
                        accepted.SetResult(connection);
                        return over.Task;
                    },
                    "server",
                    80
                );
                Connection connection = await client.OpenConnectionAsync("server", 80);
                await program(world, connection, await accepted.Task);
                over.SetResult();
            })
            .ThrowIfNotCompleted();
    }
}
