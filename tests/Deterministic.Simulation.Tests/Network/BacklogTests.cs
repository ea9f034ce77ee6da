using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Tests;

/// <summary>What becomes of connections that a server does not accept for now.</summary>
public sealed class BacklogTests
{
    /// <summary>So that who comes first is no matter of luck.</summary>
    private static readonly FaultProfile Steady = FaultProfiles.Calm with
    {
        Name = "steady",
        Latency = LatencyDistribution.Uniform(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)),
    };

    [Fact]
    public void Who_connects_while_accepting_is_paused_is_connected_heard_and_accepted_in_order_later()
    {
        SimulatedWorld world = Talk.Alone(
            async world =>
            {
                List<string> heard = [];
                StreamServer server = await StartAsync(world, heard);
                server.Listeners[0].PauseAccepting();
                List<Connection> clients = [];
                for (int number = 0; number < 3; number++)
                {
                    clients.Add(await world.Host("client").OpenConnectionAsync("server", 80));
                    clients[number].Writer.Write(Talk.Bytes($"{number}\n"));
                    await PassAsync(world, TimeSpan.FromSeconds(1));
                }

                heard.ShouldBeEmpty();
                server.ConnectionCount.ShouldBe(0);
                server.Listeners[0].ResumeAccepting();
                heard.ShouldBeEmpty("nothing is accepted on the stack of the one who resumes");
                await PassAsync(world, TimeSpan.FromSeconds(1));
                heard.ShouldBe(["0\n", "1\n", "2\n"], ignoreOrder: true);
            },
            Steady
        );
        Numbers(TraceKind.Accepted).ShouldBe(Numbers(TraceKind.Connected));
        Numbers(TraceKind.Accepted).Length.ShouldBe(3);

        long[] Numbers(TraceKind kind) =>
            [.. world.Trace.Events.Where(happened => happened.Kind == kind).Select(happened => happened.Connection)];
    }

    [Fact]
    public void A_question_that_finds_the_backlog_full_is_asked_again_and_answered_once_there_is_room()
    {
        Talk.Alone(
            async world =>
            {
                StreamServer server = await StartAsync(world, [], new ServerOptions { Backlog = 1 });
                server.Listeners[0].PauseAccepting();
                await FillAsync(world);
                Task<Connection> another = world.Host("client").OpenConnectionAsync("server", 80).AsTask();
                await PassAsync(world, TimeSpan.FromSeconds(2));
                another.IsCompleted.ShouldBeFalse();
                server.Listeners[0].ResumeAccepting();
                TimeSpan before = world.Scheduler.Now;
                await another;
                // The SYNs after 0 s and 1 s are dropped, the one after 3 s is answered.
                (world.Scheduler.Now - before).ShouldBeInRange(TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(1.1));
            },
            Steady
        );
    }

    [Fact]
    public void A_backlog_that_stays_full_is_a_time_out_after_as_long_as_linux_takes()
    {
        Talk.Alone(
            async world =>
            {
                StreamServer server = await StartAsync(world, [], new ServerOptions { Backlog = 1 });
                server.Listeners[0].PauseAccepting();
                await FillAsync(world);
                TimeSpan before = world.Scheduler.Now;
                ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                    world.Host("client").OpenConnectionAsync("server", 80).AsTask()
                );
                error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
                error.Message.ShouldContain("server:80");
                (world.Scheduler.Now - before).TotalSeconds.ShouldBe(127, tolerance: 0.1);
            },
            Steady
        );
    }

    [Fact]
    public void Who_gives_up_while_the_backlog_is_full_asks_no_more()
    {
        SimulatedWorld world = Talk.Alone(
            async world =>
            {
                StreamServer server = await StartAsync(world, [], new ServerOptions { Backlog = 1 });
                server.Listeners[0].PauseAccepting();
                await FillAsync(world);
                ClientOptions hasty = new() { ConnectTimeout = TimeSpan.FromSeconds(5) };
                ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                    world.Host("client").OpenConnectionAsync("server", 80, hasty).AsTask()
                );
                error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
                await PassAsync(world, TimeSpan.FromMinutes(10));
                server.Listeners[0].ResumeAccepting();
                await PassAsync(world, TimeSpan.FromMinutes(10));
                server.ConnectionCount.ShouldBe(2);
            },
            Steady
        );
        world.Trace.Events.Count(happened => happened.Kind == TraceKind.Accepted).ShouldBe(2);
    }

    [Clause("S-CLOSE-01")]
    [Fact]
    public void Connections_that_nobody_accepted_are_reset_by_the_close()
    {
        Talk.Alone(async world =>
        {
            StreamServer server = await StartAsync(world, []);
            server.Listeners[0].PauseAccepting();
            Connection client = await world.Host("client").OpenConnectionAsync("server", 80);
            server.Close();
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                client.Reader.ReadAsync(1).AsTask()
            );
            error.Kind.ShouldBe(ConnectionErrorKind.Reset);
            await server.WaitClosedAsync();
        });
    }

    [Fact]
    public void A_port_that_was_paused_before_it_listens_listens_paused()
    {
        Talk.Alone(async world =>
        {
            List<string> heard = [];
            StreamServer server = await StartAsync(world, heard, new ServerOptions { StartServing = false });
            TransportListener listener = server.Listeners[0];
            listener.PauseAccepting();
            server.StartServing();
            Connection client = await world.Host("client").OpenConnectionAsync("server", 80);
            client.Writer.Write(Talk.Bytes("late\n"));
            await PassAsync(world, TimeSpan.FromSeconds(1));
            heard.ShouldBeEmpty();
            listener.ResumeAccepting();
            await PassAsync(world, TimeSpan.FromSeconds(1));
            heard.ShouldBe(["late\n"]);
            server.Close();
            listener.PauseAccepting();
            listener.ResumeAccepting();
        });
    }

    private static ValueTask<StreamServer> StartAsync(
        SimulatedWorld world,
        List<string> heard,
        ServerOptions? options = null
    ) =>
        world
            .Host("server")
            .StartServerAsync(
                async (reader, _) =>
                {
                    heard.Add(Talk.Text(await reader.ReadLineAsync()));
                    await reader.ReadToEndAsync();
                },
                port: 80,
                options: options
            );

    /// <summary>A backlog of one holds two, as on Linux.</summary>
    private static async Task FillAsync(SimulatedWorld world)
    {
        await world.Host("client").OpenConnectionAsync("server", 80);
        await world.Host("client").OpenConnectionAsync("server", 80);
        await PassAsync(world, TimeSpan.FromMilliseconds(1));
    }

    private static Task PassAsync(SimulatedWorld world, TimeSpan time) => Task.Delay(time, world.TimeProvider);
}
