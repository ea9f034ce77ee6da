using System.Net;
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Tests;

/// <summary>What is left of a program whose host has crashed, and of what the scenario itself holds there.</summary>
public sealed class AfterACrashTests
{
    [Fact]
    public void Nothing_of_a_program_runs_after_its_crash_however_it_waits()
    {
        Talk.Alone(async world =>
        {
            int dead = 0;
            TaskCompletionSource shared = new();
            SimulatedHost host = world.Host("host");
            await world.Host("other").StartServerAsync(Programs.EchoOneAsync, port: 80);
            host.Start(self =>
            {
                self.TimeProvider.CreateTimer(_ => dead++, null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));
                return Task.WhenAll(
                    AfterAsync(Task.Delay(TimeSpan.FromSeconds(5), self.TimeProvider)),
                    AfterAsync(Task.Delay(TimeSpan.FromSeconds(5), world.TimeProvider)),
                    AfterAsync(shared.Task),
                    AfterAsync(ReadAsync(self)),
                    AfterAsync(self.ComputeAsync(TimeSpan.FromSeconds(5))),
                    AfterQuietlyAsync(Task.Delay(TimeSpan.FromSeconds(5), self.TimeProvider)),
                    AfterQuietlyAsync(Task.Delay(TimeSpan.FromSeconds(5), world.TimeProvider)),
                    AfterQuietlyAsync(ReadAsync(self)),
                    AfterQuietlyAsync(self.ComputeAsync(TimeSpan.FromSeconds(5)))
                );
            });
            await Programs.PassAsync(world, 1);
            host.Crash();
            world.Scheduler.Post("test", _ => shared.SetResult());
            host.Restart();
            host.Crash();
            await Programs.PassAsync(world, 600);
            dead.ShouldBe(0);

            async Task AfterAsync(Task waited)
            {
                try
                {
                    await waited;
                }
                finally
                {
                    dead++;
                }
            }

            async Task AfterQuietlyAsync(Task waited)
            {
                try
                {
                    await waited.ConfigureAwait(false);
                }
                finally
                {
                    dead++;
                }
            }

            static async Task ReadAsync(SimulatedHost self)
            {
                Connection connection = await self.OpenConnectionAsync("other", 80).ConfigureAwait(false);
                await connection.Reader.ReadAsync(1).ConfigureAwait(false);
            }
        });
    }

    [Fact]
    public void What_is_left_of_a_program_can_not_touch_the_world_again()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            await world.Host("other").StartServerAsync(Programs.EchoOneAsync, port: 80);
            TaskCompletionSource<string> shared = new();
            Transport? held = null;
            List<ConnectionException> errors = [];
            host.Start(async self =>
            {
                if (self.Incarnation > 1)
                {
                    await Programs.Forever;
                }

                held = await self.ConnectAsync(new DnsEndPoint("other", 80), ClientOptions.Default, default);
                // Without its context it goes on wherever the task is completed: here, in the scenario's code.
                string where = await shared.Task.ConfigureAwait(false);
                errors.Add(
                    await Talk.FailureOfAsync<ConnectionException>(self.OpenConnectionAsync(where, 80).AsTask())
                );
                errors.Add(
                    await Talk.FailureOfAsync<ConnectionException>(
                        self.StartServerAsync(Programs.EchoOneAsync).AsTask()
                    )
                );
                using ITimer timer = self.TimeProvider.CreateTimer(
                    static _ => throw new InvalidOperationException("The dead have no time."),
                    null,
                    TimeSpan.FromSeconds(1),
                    TimeSpan.FromSeconds(1)
                );
                await self.ComputeAsync(TimeSpan.FromSeconds(1));
                errors.Clear();
            });
            await Programs.PassAsync(world, 1);
            host.Bounce(TimeSpan.Zero);
            await Programs.PassAsync(world, 1);
            host.State.ShouldBe(HostState.Running);
            world.Scheduler.Post("test", _ => shared.SetResult("other"));
            await Programs.PassAsync(world, 10);
            errors.ShouldAllBe(error => error.Kind == ConnectionErrorKind.Aborted && error.Message.Contains("'host'"));
            errors.Count.ShouldBe(2);
            foreach (TransportResult result in new[] { held!.TrySend([1]), held.Receive(new byte[1]) })
            {
                result.Error.ShouldBeOfType<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.Aborted);
            }
        });
    }

    [Fact]
    public void What_the_scenario_holds_on_a_host_that_crashes_fails_and_says_so()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            SimulatedHost other = world.Host("other");
            await other.StartServerAsync(Programs.EchoOneAsync, port: 80);
            await other.StartServerAsync((Connection _) => Programs.Forever, port: 81);
            world.Link(host, world.Host("silent")).Partition();
            Connection reading = await host.OpenConnectionAsync("other", 80);
            Connection writing = await host.OpenConnectionAsync("other", 81);
            writing.Writer.Write(new byte[1024 * 1024]);
            StreamServer bound = await host.StartServerAsync(
                Programs.EchoOneAsync,
                port: 80,
                options: new ServerOptions { StartServing = false }
            );
            StreamServer local = await host.StartUnixServerAsync((Connection _) => Programs.Forever, "/run/app.sock");
            Connection unix = await host.OpenUnixConnectionAsync("/run/app.sock");
            Task[] pending =
            [
                reading.Reader.ReadAsync(1).AsTask(),
                writing.Writer.DrainAsync().AsTask(),
                host.OpenConnectionAsync("silent", 80).AsTask(),
                unix.Reader.ReadAsync(1).AsTask(),
                host.ComputeAsync(TimeSpan.FromHours(1)),
            ];
            await Programs.PassAsync(world, 1);
            host.Crash();
            pending.ShouldAllBe(
                task => !task.IsCompleted,
                "nobody is continued on the stack of the one who lets it crash"
            );
            foreach (Task task in pending)
            {
                Is(await Talk.FailureOfAsync<ConnectionException>(task));
            }

            Is(await Talk.FailureOfAsync<ConnectionException>(host.OpenConnectionAsync("other", 80).AsTask()));
            Is(await Talk.FailureOfAsync<ConnectionException>(host.OpenUnixConnectionAsync("/run/app.sock").AsTask()));
            Is(await Talk.FailureOfAsync<ConnectionException>(host.StartServerAsync(Programs.EchoOneAsync).AsTask()));
            Is(await Talk.FailureOfAsync<ConnectionException>(host.ComputeAsync(TimeSpan.FromSeconds(1))));
            Is(Should.Throw<ConnectionException>(bound.StartServing));
            host.Restart();
            Is(await Talk.FailureOfAsync<ConnectionException>(reading.Reader.ReadAsync(1).AsTask()));
            await reading.DisposeAsync();
            await local.DisposeAsync();
            await using Connection again = await host.OpenConnectionAsync("other", 80);
            (await Programs.AskAsync(again, "again")).ShouldBe("again");

            static void Is(ConnectionException error)
            {
                error.Kind.ShouldBe(ConnectionErrorKind.Aborted);
                error.Message.ShouldContain("'host'");
            }
        });
    }

    [Fact]
    public void Handlers_of_the_scenarios_own_server_are_told_and_end()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            List<Exception> errors = [];
            StreamServer server = await host.StartServerAsync(
                async connection =>
                {
                    try
                    {
                        await connection.Reader.ReadAsync(1);
                    }
                    catch (ConnectionException error)
                    {
                        errors.Add(error);
                    }
                },
                port: 80
            );
            await using Connection client = await world.Host("client").OpenConnectionAsync("host", 80);
            await Programs.PassAsync(world, 1);
            host.Crash();
            await Programs.PassAsync(world, 1);
            await server.DisposeAsync();
            errors.ShouldHaveSingleItem().Message.ShouldContain("crashed");
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_close_that_lingers_ends_with_its_host(bool ofTheProgram)
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            await world.Host("other").StartServerAsync((Connection _) => Programs.Forever, port: 80);
            List<Exception> heard = [];
            if (ofTheProgram)
            {
                host.Start(CloseAsync);
            }
            else
            {
                _ = CloseAsync(host);
            }

            await Programs.PassAsync(world, 5);
            host.Crash();
            await Programs.PassAsync(world, 3600);
            heard.Select(error => error.Message).ShouldBe(ofTheProgram ? [] : ["The host 'host' has crashed."]);

            async Task CloseAsync(SimulatedHost self)
            {
                ClientOptions lingering = new() { Linger = TimeSpan.FromMinutes(1) };
                Connection connection = await self.OpenConnectionAsync("other", 80, lingering);
                world.Link(host, world.Host("other")).Partition();
                connection.Writer.Write("never acknowledged"u8);
                connection.Writer.Close();
                try
                {
                    await connection.Writer.WaitClosedAsync().ConfigureAwait(false);
                }
                catch (ConnectionException error)
                {
                    heard.Add(error);
                }
            }
        });
    }

    [Fact]
    public void The_timers_of_a_program_that_is_gone_keep_the_world_from_nothing()
    {
        SimulatedWorld world = new(1);
        RunResult result = world.Run(
            async () =>
            {
                SimulatedHost host = world.Host("host");
                host.Start(self => Task.Delay(TimeSpan.FromDays(40), self.TimeProvider));
                await Programs.PassAsync(world, 1);
                host.Crash();
                await Programs.Forever;
            },
            World.Limits
        );
        result.Outcome.ShouldBe(RunOutcome.Deadlocked);
        result.Now.ShouldBe(TimeSpan.FromSeconds(1));
    }
}
