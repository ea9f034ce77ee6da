using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>What a program states and notes, in a world of a test as in one of a scenario.</summary>
public sealed class StatingTests
{
    [Fact]
    public void A_test_states_properties_of_the_world_that_it_partitions()
    {
        SimulatedWorld world = new(1);
        SimulatedHost server = world.Host("server");
        SimulatedHost client = world.Host("client");
        bool heard = false;
        RunResult result = world.Run(
            async () =>
            {
                await using StreamServer listening = await server.StartServerAsync(
                    async connection =>
                    {
                        await connection.Reader.ReadExactlyAsync(1);
                        heard = true;
                    },
                    "server",
                    7
                );
                await using Connection connection = await client.OpenConnectionAsync("server", 7);
                world.Link(client, server).Partition();
                connection.Writer.Write("x"u8);
                await Task.Delay(TimeSpan.FromSeconds(5), world.TimeProvider);
                world.Sometimes(!heard, "partitioned");
                world.Reachable("here");
                world.Link(client, server).Heal();
                await world.EventuallyAsync(
                    () => heard,
                    "heard",
                    TimeSpan.FromMinutes(5),
                    () => "The byte never arrived."
                );
                world.Always(heard, "heard", "no");
                world.Note("over");
            },
            World.Limits
        );
        result.ThrowIfNotCompleted();
        world.SometimesResults.Seen.ShouldBe(["here", "partitioned"]);
    }

    [Fact]
    public void A_scenario_for_the_simulation_alone_has_all_of_the_world()
    {
        SimulationRun run = SimulationRunner.Run(new Crashing(), seed: 1);
        run.Finding.ShouldBeNull();
        run.SometimesResults.Seen.ShouldBe(["second-life"]);
    }

    [Fact]
    public void A_disk_survives_a_crash_and_nothing_else_of_the_program_does()
    {
        List<int> disk = [];
        SimulationRun run = SimulationRunner.Run(
            new Play(async world =>
            {
                world.StartHost(
                    "server",
                    static async (_, disk) =>
                    {
                        List<int> memory = [];
                        memory.Add(disk.Count);
                        disk.Add(memory.Count);
                        await new TaskCompletionSource().Task;
                    },
                    disk
                );
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                ((SimulatedWorld)world).Host("server").Bounce(TimeSpan.FromSeconds(1));
                await Task.Delay(TimeSpan.FromSeconds(2), world.TimeProvider);
            }),
            seed: 1
        );
        run.Finding.ShouldBeNull();
        disk.ShouldBe([1, 1]);
    }

    [Fact]
    public void Notes_and_violations_carry_the_host_that_made_them_and_violations_their_detail()
    {
        SimulatedWorld world = new(1, keepTrace: true);
        Finding finding = world
            .Run(
                async () =>
                {
                    world.Note("from the test");
                    world.StartHost(
                        "alone",
                        async _ =>
                        {
                            await Task.Yield();
                            world.Note("from a program");
                        }
                    );
                    await using StreamServer server = await world
                        .Host("server")
                        .StartServerAsync(
                            async connection =>
                            {
                                await connection.Reader.ReadExactlyAsync(1).ConfigureAwait(false);
                                world.Note("from a handler");
                                world.Always(false, "mine", "The detail.");
                            },
                            "server",
                            7
                        );
                    await using Connection client = await world.Host("client").OpenConnectionAsync("server", 7);
                    client.Writer.Write("x"u8);
                    await client.Writer.WaitClosedAsync();
                },
                World.Limits
            )
            .Finding.ShouldNotBeNull();
        world
            .Trace.Events.Where(happened => happened.Kind is TraceKind.Note or TraceKind.Violation)
            .Select(happened => $"{happened.Host}: {happened.Text}")
            .ShouldBe([
                "main: from the test",
                "alone: from a program",
                "server: from a handler",
                "server: mine: The detail.",
            ]);
        finding.Host.ShouldBe("server");
        finding.Place.ShouldNotBeNull().ToString().ShouldContain("StatingTests.cs:");
        finding.Place.Code.ShouldBe("world.Always(false, \"mine\", \"The detail.\");");
    }

    [Fact]
    public void A_violation_that_the_program_swallows_counts_all_the_same()
    {
        SimulatedWorld world = new(1);
        RunResult result = world.Run(
            async () =>
            {
                world.Always(false, "first", "The first.");
                world.Always(false, "second", "The second.");
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
            },
            World.Limits
        );
        result.Finding.ShouldNotBeNull().Property.ShouldBe("first");
        result
            .Exception.ShouldBeOfType<PropertyViolatedException>()
            .StackTrace.ShouldNotBeNull()
            .ShouldContain(nameof(StatingTests));
        result.Now.ShouldBe(TimeSpan.Zero);
    }

    private sealed class Crashing : SimulatedScenario
    {
        public override string Name => "crashing";

        public override string Description => "a test";

        public override async Task RunAsync(SimulatedWorld world)
        {
            SimulatedHost server = world.Host("server");
            server.Start(async host =>
            {
                world.Sometimes(host.Incarnation > 1, "second-life");
                await using StreamServer serving = await host.StartServerAsync(_ => Task.CompletedTask, port: 7);
                await serving.ServeForeverAsync();
            });
            await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
            server.Bounce(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromSeconds(2), world.TimeProvider);
            await world.EventuallyAsync(
                () => server.State == HostState.Running,
                "up-again",
                TimeSpan.FromMinutes(1),
                () => $"The server is {server.State}."
            );
        }
    }
}
