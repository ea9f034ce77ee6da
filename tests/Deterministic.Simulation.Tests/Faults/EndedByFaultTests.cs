using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Simulation.Tcp;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Whether a fault has ended a connection: the program asks, and both ends get the same answer.</summary>
public sealed class EndedByFaultTests
{
    private static readonly KeepAliveOptions KeepAlive = new()
    {
        Time = Seconds(10),
        Interval = Seconds(5),
        RetryCount = 3,
    };

    public static TheoryData<FaultKind> Ends => CloseFaultTests.Ends;

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_fault_that_ends_a_connection_is_known_at_both_ends(FaultKind kind)
    {
        FaultRule rule = FaultRule.Parse(FaultCatalog.Of(kind).Name).AfterBytes(5).On("client", "server");
        Talk.Between(
            async (world, client, server) =>
            {
                Ended(world, client, server).ShouldBe((false, false));
                client.Writer.Write("hello"u8);
                await server.Reader.ReadExactlyAsync(5);
                await Task.Delay(Seconds(1), world.TimeProvider);
                Ended(world, client, server).ShouldBe((true, true));
                client.Abort();
                Ended(world, client, server).ShouldBe((true, true));
            },
            By(rule)
        );
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void It_is_known_on_decorated_networks_as_well(FaultKind kind)
    {
        FaultRule rule = FaultRule.Parse(FaultCatalog.Of(kind).Name).AfterBytes(5).On("client", "server").AtMost(1);
        Decorated.Alone(
            async (world, faulty) =>
            {
                List<Connection> accepted = [];
                await using StreamServer listening = await faulty
                    .ForHost("server", world.Host("server"))
                    .StartServerAsync(
                        async connection =>
                        {
                            accepted.Add(connection);
                            await connection.Reader.ReadExactlyAsync(5);
                            await Programs.Forever;
                        },
                        port: Decorated.Port
                    );
                Connection struck = await faulty.OpenConnectionAsync("server", Decorated.Port);
                struck.Writer.Write("hello"u8);
                await world.SleepAsync(1);
                Connection spared = await faulty.OpenConnectionAsync("server", Decorated.Port);
                spared.Writer.Write("hello"u8);
                await world.SleepAsync(1);
                Ended(world, struck, accepted[0]).ShouldBe((true, true));
                Ended(world, spared, accepted[1]).ShouldBe((false, false));
            },
            rule
        );
    }

    [Fact]
    public void What_the_programs_end_or_a_delay_slows_was_not_ended_by_a_fault()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                client.Writer.Write("hello"u8);
                await server.Reader.ReadExactlyAsync(5);
                server.Abort();
                await client.Reader.LossAsync();
                Ended(world, client, server).ShouldBe((false, false));
            },
            By(Fault.Latency(LatencyDistribution.Constant(Ms(50))), Fault.ShortRead())
        );
    }

    [Theory]
    [InlineData(CrashStyle.Silent)]
    [InlineData(CrashStyle.Reset)]
    public void A_crash_of_either_host_ends_its_connections(CrashStyle style)
    {
        Talk.Between(
            async (world, client, server) =>
            {
                world.Host("client").Crash(style);
                await Task.Delay(Seconds(1), world.TimeProvider);
                Ended(world, client, server).ShouldBe((true, true));
            }
        );
    }

    [Fact]
    public void A_partition_ends_a_connection_once_TCP_has_given_it_up()
    {
        SimulatedWorld world = new(1);
        world
            .Run(
                async () =>
                {
                    Connection? accepted = null;
                    await using StreamServer listening = await world
                        .Host("server")
                        .StartServerAsync(
                            connection =>
                            {
                                accepted = connection;
                                return Programs.Forever;
                            },
                            "server",
                            7
                        );
                    Connection client = await world
                        .Host("client")
                        .OpenConnectionAsync("server", 7, new ClientOptions { KeepAlive = KeepAlive });
                    await Task.Delay(Seconds(1), world.TimeProvider);
                    world.Link(world.Host("server"), world.Host("client")).Partition();
                    await Task.Delay(Seconds(5), world.TimeProvider);
                    Ended(world, client, accepted!).ShouldBe((false, false));
                    (await client.Reader.LossAsync()).ShouldBe(ConnectionErrorKind.TimedOut);
                    Ended(world, client, accepted!).ShouldBe((true, true));
                },
                World.Limits
            )
            .ThrowIfNotCompleted();
    }

    [Fact]
    public void It_is_known_through_TLS_and_to_a_handler_with_only_its_writer()
    {
        SimulatedWorld world = new(1, By(Fault.Reset().AfterBytes(5000).On("server", "client")));
        bool? ended = null;
        world
            .Run(
                async () =>
                {
                    await using StreamServer listening = await world
                        .Host("server")
                        .StartServerAsync(
                            async (reader, writer) =>
                            {
                                writer.Write(new byte[10_000]);
                                await Task.Delay(Seconds(1), world.TimeProvider);
                                ended = world.WasEndedByFault(writer);
                            },
                            "server",
                            7,
                            new ServerOptions { Tls = new TlsServerOptions(Certificates.Issue("server")) }
                        );
                    Connection client = await world
                        .Host("client")
                        .OpenConnectionAsync(
                            "server",
                            7,
                            new ClientOptions
                            {
                                Tls = new TlsClientOptions { Authentication = Certificates.ClientAuthentication() },
                            }
                        );
                    await client.Reader.LossAsync();
                    await Task.Delay(Seconds(2), world.TimeProvider);
                    world.WasEndedByFault(client).ShouldBeTrue();
                },
                World.Limits
            )
            .ThrowIfNotCompleted();
        ended.ShouldBe(true);
    }

    private static (bool AtClient, bool AtServer) Ended(SimulatedWorld world, Connection client, Connection server) =>
        (world.WasEndedByFault(client), world.WasEndedByFault(server));
}
