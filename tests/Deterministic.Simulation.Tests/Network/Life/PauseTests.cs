using Deterministic.Core;
using Deterministic.Simulation.Tcp;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>A host whose program is stopped and whose kernel is not.</summary>
public sealed class PauseTests
{
    [Fact]
    public void Nothing_of_the_program_runs_until_it_is_resumed()
    {
        Talk.Alone(async world =>
        {
            int steps = 0;
            SimulatedHost host = world.Host("host");
            host.Start(async self =>
            {
                while (true)
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), self.TimeProvider);
                    steps++;
                }
            });
            await Programs.PassAsync(world, 2.5);
            host.Pause();
            await Programs.PassAsync(world, 60);
            steps.ShouldBe(2);
            host.Resume();
            await Programs.PassAsync(world, 1.5);
            steps.ShouldBe(4);
        });
    }

    [Fact]
    public void What_is_ready_when_the_host_is_paused_waits_as_well()
    {
        Talk.Alone(async world =>
        {
            int steps = 0;
            SimulatedHost host = world.Host("host");
            host.Start(async _ =>
            {
                while (true)
                {
                    await Task.Yield();
                    steps++;
                }
            });
            await Task.Yield();
            host.Pause();
            int before = steps;
            await Programs.PassAsync(world, 1);
            steps.ShouldBe(before);
            host.Crash();
        });
    }

    [Fact]
    public void A_timer_that_came_due_many_times_ticks_once_and_then_by_its_clock()
    {
        Talk.Alone(async world =>
        {
            List<double> ticks = [];
            SimulatedHost host = world.Host("host");
            using ITimer timer = host.TimeProvider.CreateTimer(
                _ => ticks.Add(world.Scheduler.Now.TotalSeconds),
                null,
                TimeSpan.FromSeconds(1),
                TimeSpan.FromSeconds(1)
            );
            using ITimer disposed = host.TimeProvider.CreateTimer(
                _ => ticks.Add(-1),
                null,
                TimeSpan.FromSeconds(3),
                Timeout.InfiniteTimeSpan
            );
            await Programs.PassAsync(world, 2.5);
            host.Pause(TimeSpan.FromSeconds(5));
            await Programs.PassAsync(world, 2);
            disposed.Dispose();
            await Programs.PassAsync(world, 5);
            ticks.ShouldBe([1, 2, 7.5, 8, 9]);
        });
    }

    [Fact]
    public void The_kernel_goes_on_until_its_buffers_are_full()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost server = world.Host("server");
            server.Start(Programs.EchoAsync);
            await Programs.PassAsync(world, 1);
            server.Pause();
            Connection client = await world.Host("client").OpenConnectionAsync("server", 80);
            int window = server.TcpOptions.ReceiveBufferBytes;
            int sending = world.Host("client").TcpOptions.SendBufferBytes;
            byte[] data = new byte[2 * window];
            new Random(1).NextBytes(data);
            client.Writer.Write(data.AsSpan(0, window));
            await Programs.PassAsync(world, 10);
            TcpEndpoint sender = world.Host("client").Tcp.Find(2)!;
            sender.Room.ShouldBe(sending, "the kernel has taken it");
            client.Writer.Write(data.AsSpan(window));
            await Programs.PassAsync(world, 10);
            sender.Room.ShouldBe(sending - window, "and has no room for more");
            server.Resume();
            (await client.Reader.ReadExactlyAsync(data.Length)).ShouldBe(data);
        });
    }

    [Fact]
    public void Connections_are_made_until_the_backlog_is_full()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost server = world.Host("server");
            server.Start(async host =>
            {
                await host.StartServerAsync(
                    Programs.EchoOneAsync,
                    port: 80,
                    options: new ServerOptions { Backlog = 1 }
                );
                await Programs.Forever;
            });
            await Programs.PassAsync(world, 1);
            server.Pause();
            SimulatedHost client = world.Host("client");
            Connection first = await client.OpenConnectionAsync("server", 80);
            await client.OpenConnectionAsync("server", 80);
            await Programs.PassAsync(world, 1);
            Task<Connection> third = client.OpenConnectionAsync("server", 80).AsTask();
            await Programs.PassAsync(world, 10);
            third.IsCompleted.ShouldBeFalse();
            server.Resume();
            (await Programs.AskAsync(first, "first")).ShouldBe("first");
            (await Programs.AskAsync(await third, "third")).ShouldBe("third");
        });
    }

    [Fact]
    public void What_the_scenario_waits_for_through_the_host_waits_as_well()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                SimulatedHost host = world.Host("client");
                await world.Host("server").StartServerAsync(Programs.EchoOneAsync, port: 80);
                host.Pause();
                Task<byte[]> read = client.Reader.ReadAsync(5).AsTask();
                Task<Connection> connect = host.OpenConnectionAsync("server", 80).AsTask();
                server.Writer.Write("hello"u8);
                await Programs.PassAsync(world, 5);
                read.IsCompleted.ShouldBeFalse();
                connect.IsCompleted.ShouldBeFalse();
                host.Resume();
                Talk.Text(await read).ShouldBe("hello");
                (await connect).Abort();
            }
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_connection_that_is_lost_meanwhile_is_known_to_be_so_afterwards(bool connecting)
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            SimulatedHost server = world.Host("server");
            await server.StartServerAsync(Programs.EchoOneAsync, port: 80);
            Task pending;
            if (connecting)
            {
                pending = host.OpenConnectionAsync("server", 80).AsTask();
            }
            else
            {
                pending = (await host.OpenConnectionAsync("server", 80)).Reader.ReadAsync(1).AsTask();
                await Programs.PassAsync(world, 1);
            }

            host.Pause();
            await Programs.PassAsync(world, 1);
            server.Crash(CrashStyle.Reset);
            await Programs.PassAsync(world, 1);
            pending.IsCompleted.ShouldBeFalse();
            host.Resume();
            (await Talk.FailureOfAsync<ConnectionException>(pending)).Kind.ShouldBe(ConnectionErrorKind.Reset);
        });
    }

    [Fact]
    public void A_pause_that_nobody_ends_is_a_deadlock_for_who_waits_and_one_that_ends_is_none()
    {
        Run(forEver: true).Outcome.ShouldBe(RunOutcome.Deadlocked);
        Run(forEver: false).Outcome.ShouldBe(RunOutcome.Completed);

        static RunResult Run(bool forEver)
        {
            SimulatedWorld world = new(1);
            return world.Run(
                async () =>
                {
                    SimulatedHost host = world.Host("host");
                    host.Start(async self =>
                    {
                        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1), self.TimeProvider);
                        while (await timer.WaitForNextTickAsync()) { }
                    });
                    Task work = Task.Delay(TimeSpan.FromSeconds(5), host.TimeProvider);
                    await Programs.PassAsync(world, 1.5);
                    if (forEver)
                    {
                        host.Pause();
                    }
                    else
                    {
                        host.Pause(TimeSpan.FromHours(1));
                    }

                    await work;
                },
                World.Limits
            );
        }
    }

    [Fact]
    public void Unix_connections_stand_still_with_their_host()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            await host.StartUnixServerAsync(Programs.EchoOneAsync, "/run/app.sock");
            Connection client = await host.OpenUnixConnectionAsync("/run/app.sock");
            Task<string> answer = Programs.AskAsync(client, "hello");
            host.Pause(TimeSpan.FromSeconds(5));
            await answer;
            world.Scheduler.Now.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(5));
        });
    }
}
