using System.Net;
using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

public sealed class ConnectTests
{
    [Fact]
    public void Where_nobody_listens_the_connection_is_refused() => Fails("server", 80, ConnectionErrorKind.Refused);

    [Fact]
    public void A_name_that_no_host_has_is_not_resolved() => Fails("nowhere", 80, ConnectionErrorKind.NameNotResolved);

    [Fact]
    public void An_address_that_no_host_has_is_unreachable() => Fails("192.0.2.1", 80, ConnectionErrorKind.Unreachable);

    [Fact]
    public void Localhost_is_the_host_itself()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("only");
            await using StreamServer server = await host.StartServerAsync(
                (_, writer) =>
                {
                    writer.Write("hello"u8);
                    return Task.CompletedTask;
                },
                "localhost",
                7
            );
            foreach (string name in new[] { "localhost", "127.0.0.1", "::1" })
            {
                Connection client = await host.OpenConnectionAsync(name, 7);
                Talk.Text(await client.Reader.ReadToEndAsync()).ShouldBe("hello");
            }
        });
    }

    [Fact]
    public void What_serves_at_localhost_is_reached_by_no_other_address_and_from_no_other_host()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("server");
            await using StreamServer server = await host.StartServerAsync(Ignore, "localhost", 7);
            (string Name, SimulatedHost From)[] attempts =
            [
                ("server", host),
                (host.Address.ToString(), host),
                ("server", world.Host("other")),
                ("localhost", world.Host("other")),
            ];
            foreach ((string name, SimulatedHost from) in attempts)
            {
                ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                    from.OpenConnectionAsync(name, 7).AsTask()
                );
                error.Kind.ShouldBe(ConnectionErrorKind.Refused, $"{name} from {from.Name}");
            }
        });
    }

    [Fact]
    public void A_port_serves_one_server_at_a_time_and_is_free_after_its_close()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("server");
            StreamServer first = await host.StartServerAsync(Ignore, port: 80);
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                host.StartServerAsync(Ignore, port: 80).AsTask()
            );
            error.Kind.ShouldBe(ConnectionErrorKind.AddressInUse);
            first.Close();
            StreamServer second = await host.StartServerAsync(Ignore, port: 80);
            second.IsServing.ShouldBeTrue();
        });
    }

    [Fact]
    public void A_host_binds_only_what_is_its_own()
    {
        Talk.Alone(async world =>
        {
            world.Host("other");
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                world.Host("server").StartServerAsync(Ignore, "other", 80).AsTask()
            );
            error.Kind.ShouldBe(ConnectionErrorKind.AddressNotAvailable);
        });
    }

    [Fact]
    public void A_server_that_is_only_bound_refuses_until_it_serves()
    {
        Talk.Alone(async world =>
        {
            ServerOptions later = new() { StartServing = false };
            StreamServer server = await world.Host("server").StartServerAsync(Ignore, port: 80, options: later);
            SimulatedHost client = world.Host("client");
            (
                await Talk.FailureOfAsync<ConnectionException>(client.OpenConnectionAsync("server", 80).AsTask())
            ).Kind.ShouldBe(ConnectionErrorKind.Refused);
            server.StartServing();
            await client.OpenConnectionAsync("server", 80);
        });
    }

    [Fact]
    public void A_connection_takes_one_way_there_and_one_way_back()
    {
        FaultProfile steady = FaultProfiles.Calm with
        {
            Name = "steady",
            Latency = LatencyDistribution.Uniform(TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(30)),
        };
        Talk.Alone(
            async world =>
            {
                await world.Host("server").StartServerAsync(Ignore, port: 80);
                await world.Host("client").OpenConnectionAsync("server", 80);
                world.Scheduler.Now.ShouldBe(TimeSpan.FromMilliseconds(60));
            },
            steady
        );
    }

    [Fact]
    public void A_connect_that_is_cancelled_ends_at_once_and_the_server_never_accepts_it()
    {
        Talk.Alone(async world =>
        {
            await using StreamServer server = await world.Host("server").StartServerAsync(Ignore, port: 80);
            using CancellationTokenSource giveUp = new();
            Task connecting = world
                .Host("client")
                .OpenConnectionAsync("server", 80, cancellationToken: giveUp.Token)
                .AsTask();
#pragma warning disable CA1849 // CancelAsync goes through the thread pool, which here would be an escape.
            giveUp.Cancel();
#pragma warning restore CA1849
            await Talk.FailureOfAsync<OperationCanceledException>(connecting);
            world.Scheduler.Now.ShouldBe(TimeSpan.Zero);

            // The answer finds nobody and is reset: as on a real host, the server's program hears of nothing.
            await Task.Delay(TimeSpan.FromMinutes(5), world.TimeProvider);
            server.ConnectionCount.ShouldBe(0);
            world.Trace.Events.Count(happened => happened.Kind == TraceKind.Accepted).ShouldBe(0);
        });
    }

    [Fact]
    public void End_points_of_another_kind_are_named_in_the_error()
    {
        Talk.Alone(async world =>
        {
            NotSupportedException error = await Talk.FailureOfAsync<NotSupportedException>(
                ConnectTo(world, new OtherEndPoint())
            );
            error.Message.ShouldContain(nameof(OtherEndPoint));
        });

        static async Task ConnectTo(SimulatedWorld world, EndPoint endPoint) =>
            await world.Host("client").OpenConnectionAsync(endPoint);
    }

    private static void Fails(string host, int port, ConnectionErrorKind kind)
    {
        Talk.Alone(async world =>
        {
            world.Host("server");
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                world.Host("client").OpenConnectionAsync(host, port).AsTask()
            );
            error.Kind.ShouldBe(kind);
            error.Message.ShouldContain(host);
        });
    }

    private static Task Ignore(Connection connection) => Task.CompletedTask;

    private sealed class OtherEndPoint : EndPoint;
}
