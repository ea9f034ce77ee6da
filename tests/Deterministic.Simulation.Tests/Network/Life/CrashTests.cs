using Deterministic.Core;
using Deterministic.Simulation.Tcp;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>What the peers of a host see of its crash.</summary>
public sealed class CrashTests
{
    [Fact]
    public void A_crashed_host_answers_nothing_until_it_is_up_again()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost server = Serving(world);
            server.Crash();
            TimeSpan before = world.Scheduler.Now;
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(ConnectAsync(world));
            error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
            (world.Scheduler.Now - before).TotalSeconds.ShouldBe(127, tolerance: 0.1);
            server.Restart();
            (await Programs.AskAsync(await ConnectAsync(world), "again")).ShouldBe("again");
        });
    }

    [Fact]
    public void A_host_that_comes_up_in_time_is_connected_to_all_the_same()
    {
        Talk.Alone(async world =>
        {
            Serving(world).Bounce(TimeSpan.FromSeconds(5));
            (await Programs.AskAsync(await ConnectAsync(world), "late")).ShouldBe("late");
            world.Scheduler.Now.ShouldBeInRange(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
        });
    }

    [Fact]
    public void A_host_that_is_up_again_knows_the_old_connections_no_more_and_resets_them()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost server = Serving(world);
            Connection client = await ConnectAsync(world);
            await Programs.AskAsync(client, "hello");
            server.Bounce(TimeSpan.FromSeconds(1));
            await Programs.PassAsync(world, 2);
            client.Writer.Write("anybody?"u8);
            (await ReadFailureAsync(client)).Kind.ShouldBe(ConnectionErrorKind.Reset);
        });
    }

    [Fact]
    public void With_resets_the_peers_hear_of_it_at_once()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost server = Serving(world);
            Connection client = await ConnectAsync(world);
            await Programs.AskAsync(client, "hello");
            TimeSpan before = world.Scheduler.Now;
            server.Crash(CrashStyle.Reset);
            (await ReadFailureAsync(client)).Kind.ShouldBe(ConnectionErrorKind.Reset);
            (world.Scheduler.Now - before).ShouldBeLessThan(TimeSpan.FromMilliseconds(10));
        });
    }

    [Fact]
    public void Who_only_reads_never_hears_of_a_silent_crash()
    {
        SimulatedWorld world = new(1);
        RunResult result = world.Run(
            async () =>
            {
                SimulatedHost server = Serving(world);
                Connection client = await ConnectAsync(world);
                await Programs.AskAsync(client, "hello");
                server.Crash();
                await client.Reader.ReadAsync(1);
            },
            World.Limits
        );
        result.Outcome.ShouldBe(RunOutcome.Deadlocked);
    }

    [Fact]
    public void Who_writes_to_a_host_that_is_gone_is_timed_out()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost server = Serving(world);
            Connection client = await ConnectAsync(world);
            await Programs.AskAsync(client, "hello");
            server.Crash();
            TimeSpan before = world.Scheduler.Now;
            client.Writer.Write("anybody?"u8);
            (await ReadFailureAsync(client)).Kind.ShouldBe(ConnectionErrorKind.TimedOut);
            (world.Scheduler.Now - before).ShouldBeGreaterThanOrEqualTo(TcpOptions.Default.RetransmissionTimeout);
        });
    }

    [Fact]
    public void With_keep_alive_who_only_reads_hears_of_a_silent_crash()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost server = Serving(world);
            await Programs.PassAsync(world, 0.001);
            ClientOptions asking = new() { KeepAlive = new KeepAliveOptions { Time = TimeSpan.FromMinutes(1) } };
            Connection client = await world.Host("client").OpenConnectionAsync("server", 80, asking);
            await Programs.AskAsync(client, "hello");
            server.Crash();
            (await ReadFailureAsync(client)).Kind.ShouldBe(ConnectionErrorKind.TimedOut);
        });
    }

    [Theory]
    [InlineData(true, ConnectionErrorKind.Reset)]
    [InlineData(false, ConnectionErrorKind.TimedOut)]
    public void Who_waits_for_room_at_a_host_that_is_gone_finds_out(bool restarts, ConnectionErrorKind kind)
    {
        Talk.Alone(async world =>
        {
            SimulatedHost server = world.Host("server");
            server.Start(async host =>
            {
                await host.StartServerAsync((Connection _) => Programs.Forever, port: 80);
                await Programs.Forever;
            });
            Connection client = await ConnectAsync(world);
            client.Writer.Write(new byte[1024 * 1024]);
            await Programs.PassAsync(world, 60);
            server.Crash();
            if (restarts)
            {
                server.Restart();
            }

            (await Talk.FailureOfAsync<ConnectionException>(client.Writer.DrainAsync().AsTask())).Kind.ShouldBe(kind);
        });
    }

    [Fact]
    public void What_was_under_way_when_the_host_crashed_still_arrives()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost server = world.Host("server");
            server.Start(async host =>
            {
                await host.StartServerAsync(
                    connection =>
                    {
                        connection.Writer.Write("last words"u8);
                        host.Crash();
                        return Programs.Forever;
                    },
                    port: 80
                );
                await Programs.Forever;
            });
            Connection client = await ConnectAsync(world);
            Talk.Text(await client.Reader.ReadExactlyAsync(10)).ShouldBe("last words");
            server.State.ShouldBe(HostState.Down);
        });
    }

    [Fact]
    public void Connections_in_the_backlog_are_gone_as_well()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost server = world.Host("server");
            StreamServer serving = await server.StartServerAsync(Programs.EchoOneAsync, port: 80);
            serving.Listeners[0].PauseAccepting();
            Connection client = await ConnectAsync(world);
            await Programs.PassAsync(world, 1);
            server.Crash();
            server.Tcp.Count.ShouldBe(0);
            server.Restart();
            client.Writer.Write("anybody?"u8);
            (await ReadFailureAsync(client)).Kind.ShouldBe(ConnectionErrorKind.Reset);
        });
    }

    [Fact]
    public void Ports_are_free_again_and_no_time_wait_is_kept()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost server = Serving(world);
            SimulatedHost client = world.Host("client");
            client.TcpOptions = client.TcpOptions with { FirstEphemeralPort = 6000, LastEphemeralPort = 6000 };
            Connection first = await client.OpenConnectionAsync("server", 80);
            first.Writer.Close();
            await Programs.PassAsync(world, 1);
            client.Tcp.Count.ShouldBe(1);
            client.Bounce(TimeSpan.Zero);
            await Programs.PassAsync(world, 1);
            client.Tcp.Count.ShouldBe(0);
            await using Connection second = await client.OpenConnectionAsync("server", 80);
            server.Bounce(TimeSpan.Zero);
            await Programs.PassAsync(world, 1);
            await using StreamServer other = await client.StartServerAsync(Programs.EchoOneAsync, port: 80);
        });
    }

    [Fact]
    public void Socket_files_stay_and_abstract_names_do_not()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            host.Start(async self =>
            {
                await self.StartUnixServerAsync(Programs.EchoOneAsync, "/run/app.sock");
                await self.StartUnixServerAsync(Programs.EchoOneAsync, "\0app");
                Connection own = await self.OpenUnixConnectionAsync("/run/app.sock");
                await Programs.AskAsync(own, "hello");
                await Programs.Forever;
            });
            await Programs.PassAsync(world, 1);
            host.Crash();
            host.HasSocketFile("/run/app.sock").ShouldBeTrue();
            host.Restart();
            (
                await Talk.FailureOfAsync<ConnectionException>(host.OpenUnixConnectionAsync("/run/app.sock").AsTask())
            ).Kind.ShouldBe(ConnectionErrorKind.Refused);
            await Programs.PassAsync(world, 1);
            (
                await Programs.AskAsync(await host.OpenUnixConnectionAsync("/run/app.sock"), "stale file replaced")
            ).ShouldBe("stale file replaced");
            (await Programs.AskAsync(await host.OpenUnixConnectionAsync("\0app"), "name free")).ShouldBe("name free");
        });
    }

    private static SimulatedHost Serving(SimulatedWorld world)
    {
        SimulatedHost server = world.Host("server");
        server.Start(Programs.EchoAsync);
        return server;
    }

    /// <summary>Once whatever has just been started is up.</summary>
    private static async Task<Connection> ConnectAsync(SimulatedWorld world)
    {
        await Programs.PassAsync(world, 0.001);
        return await world.Host("client").OpenConnectionAsync("server", 80);
    }

    private static Task<ConnectionException> ReadFailureAsync(Connection connection) =>
        Talk.FailureOfAsync<ConnectionException>(connection.Reader.ReadAsync(1).AsTask());
}
