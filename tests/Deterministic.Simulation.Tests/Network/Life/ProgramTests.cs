using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>The program of a host: whose it is, and how it ends.</summary>
public sealed class ProgramTests
{
    [Fact]
    public void A_program_starts_anew_after_a_crash_with_nothing_but_what_was_handed_in()
    {
        Talk.Alone(async world =>
        {
            List<string> disk = [];
            SimulatedHost host = world.Host("host");
            host.Start(
                async (self, written) =>
                {
                    List<string> memory = [];
                    while (true)
                    {
                        memory.Add($"{self.Incarnation}.{memory.Count + 1}");
                        written.Add(memory[^1]);
                        await Task.Delay(TimeSpan.FromSeconds(1), self.TimeProvider);
                    }
                },
                disk
            );
            await Programs.PassAsync(world, 1.5);
            host.Bounce(TimeSpan.FromSeconds(10));
            await Programs.PassAsync(world, 11.5);
            disk.ShouldBe(["1.1", "1.2", "2.1", "2.2"]);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_program_that_throws_ends_the_run_with_the_hosts_name(bool atOnce)
    {
        SimulationRun run = SimulationRunner.Run(
            new Play(world =>
            {
                world.StartHost(
                    "unlucky",
                    async network =>
                    {
                        if (!atOnce)
                        {
                            await Task.Delay(TimeSpan.FromSeconds(1), network.TimeProvider);
                        }

                        throw new InvalidOperationException("bad luck");
                    }
                );
                return Programs.Forever;
            }),
            1,
            new SimulationOptions
            {
                Faults = FaultProfiles.Calm,
                Limits = World.Limits,
                KeepTrace = true,
            }
        );
        run.Finding.ShouldNotBeNull().Property.ShouldBe(BuiltInProperties.NoException);
        run.Finding.Detail.ShouldBe("unlucky: InvalidOperationException: bad luck");
        run.Trace.Events.ShouldContain(happened => happened.Kind == TraceKind.Exception && happened.Host == "unlucky");
    }

    [Fact]
    public void A_host_runs_one_program_at_a_time_and_another_after_it()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            host.Start(self => Task.Delay(TimeSpan.FromSeconds(1), self.TimeProvider));
            host.Incarnation.ShouldBe(1);
            Should.Throw<InvalidOperationException>(() => host.Start(_ => Task.CompletedTask));
            await Programs.PassAsync(world, 2);
            host.Start(_ => Programs.Forever);
            host.Incarnation.ShouldBe(2);
            host.Crash();
            host.Start(_ => Programs.Forever);
            host.State.ShouldBe(HostState.Running);
            host.Incarnation.ShouldBe(3);
        });
    }

    [Fact]
    public void A_restart_can_be_called_off()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            host.Bounce(TimeSpan.FromSeconds(1)).Cancel().ShouldBeTrue();
            await Programs.PassAsync(world, 2);
            host.State.ShouldBe(HostState.Down);
        });
    }

    [Fact]
    public void The_same_seed_lives_the_same_lives()
    {
        HashSet<ulong> hashes = [];
        for (ulong seed = 1; seed <= 20; seed++)
        {
            ulong first = Live(seed);
            Live(seed).ShouldBe(first);
            hashes.Add(first);
        }

        hashes.Count.ShouldBe(20);

        static ulong Live(ulong seed)
        {
            SimulatedWorld world = new(seed, FaultProfiles.LossyWan);
            world.Run(() => LiveAsync(world), World.Limits).ThrowIfNotCompleted();
            return world.Trace.Hash;
        }
    }

    private static async Task LiveAsync(SimulatedWorld world)
    {
        SimulatedHost server = world.Host("server");
        server.Start(Programs.EchoAsync);
        for (int client = 1; client <= 3; client++)
        {
            world.Host($"client-{client}").Start(AskForeverAsync);
        }

        for (int i = 0; i < 20; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(1, 3000)), world.TimeProvider);
            SimulatedHost host = i % 2 == 0 ? server : world.Host($"client-{world.Random.Next(1, 4)}");
            switch (world.Random.Next(5))
            {
                case 0:
                    host.Bounce(TimeSpan.FromMilliseconds(world.Random.Next(3000)), CrashStyle.Silent);
                    break;
                case 1:
                    host.Bounce(TimeSpan.FromMilliseconds(world.Random.Next(3000)), CrashStyle.Reset);
                    break;
                case 2:
                    host.Pause(TimeSpan.FromMilliseconds(world.Random.Next(3000)));
                    break;
                case 3:
                    host.Throttle(TimeSpan.FromMicroseconds(world.Random.Next(500)));
                    break;
                case 4:
                    host.Clock.DriftPartsPerMillion = world.Random.Next(-1000, 1001);
                    break;
            }
        }
    }

    private static async Task AskForeverAsync(SimulatedHost host)
    {
        while (true)
        {
            try
            {
                ClientOptions hasty = new() { ConnectTimeout = TimeSpan.FromSeconds(3) };
                await using Connection connection = await host.OpenConnectionAsync("server", 80, hasty);
                for (int i = 0; i < 5; i++)
                {
                    await Programs
                        .AskAsync(connection, $"{host.Name} {i}")
                        .WaitAsync(TimeSpan.FromSeconds(3), host.TimeProvider);
                }
            }
            catch (Exception error) when (error is ConnectionException or IncompleteReadException or TimeoutException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), host.TimeProvider);
            }
        }
    }
}
