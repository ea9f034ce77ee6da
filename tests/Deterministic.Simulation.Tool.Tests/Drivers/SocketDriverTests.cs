using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tool.Tests;

public sealed class SocketDriverTests
{
    [Theory]
    [InlineData("chat")]
    [InlineData("echo")]
    public async Task A_sound_scenario_passes_on_real_sockets(string scenario)
    {
        using Detsim detsim = new();

        Outcome outcome = await detsim.RunAsync("run", scenario, "--driver", "sockets", "--seeds", "5");

        outcome.Output.ShouldBe($"{scenario} on real sockets, seeds 1 to 5\n\n5 runs in 1.0 s: nothing found.\n");
        outcome.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_sound_scenario_passes_on_real_sockets_with_faults_and_those_left_out_are_told()
    {
        using Detsim detsim = new();

        Outcome outcome = await detsim.RunAsync(
            "run",
            "chat",
            "--driver",
            "sockets",
            "--faults",
            "mobile",
            "--fault",
            "slicer amount=3"
        );

        outcome.OutputLines[0].ShouldBe("chat on real sockets under mobile and 'slicer amount=3', seed 1");
        outcome.OutputLines[1].ShouldBe("Left out, since only the simulated network supports them: loss.");
        outcome.OutputLines[^1].ShouldBe("1 run in 1.0 s: nothing found.");
        outcome.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_fault_alone_strikes_real_sockets_that_are_otherwise_as_they_are()
    {
        using Detsim detsim = new() { Scenarios = [Knock] };

        Outcome outcome = await detsim.RunAsync(
            "run",
            "knock",
            "--driver",
            "sockets",
            "--fault",
            "refused on=visitor>house",
            "--trace"
        );

        outcome.OutputLines[0].ShouldBe("knock on real sockets under calm and 'refused on=visitor>house', seed 1");
        outcome.Output.ShouldContain("house  #");
        outcome.Output.ShouldContain("FAULT: refused");
        outcome.Output.ShouldContain("note: Refused");
        outcome.Output.ShouldContain("note: in after the faults have stopped");
    }

    [Fact]
    public async Task One_run_is_made_if_no_number_is_given()
    {
        using Detsim detsim = new() { Scenarios = [MadeUp.Sound] };

        Outcome outcome = await detsim.RunAsync("run", "sound", "--driver", "sockets", "--trace");

        outcome.OutputLines[0].ShouldBe("sound on real sockets, seed 1");
        outcome.OutputLines[1].ShouldContain("note: drawn ");
        outcome.OutputLines[^1].ShouldBe("1 run in 1.0 s: nothing found.");
    }

    [Fact]
    public async Task A_finding_on_real_sockets_is_reported_and_leaves_no_tape()
    {
        using Detsim detsim = new() { Scenarios = [MadeUp.Flaky] };

        Outcome outcome = await detsim.RunAsync("run", "flaky", "--driver", "sockets", "--seeds", "20");

        outcome.ExitCode.ShouldBe(1);
        outcome.Output.ShouldContain("no-multiple-of-three");
        outcome.Output.ShouldNotContain("replay");
        Directory.EnumerateFileSystemEntries(detsim.WorkingDirectory).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_scenario_without_an_end_is_a_finding_and_no_hang()
    {
        Finding? finding = await RunAsync(_ => new TaskCompletionSource().Task, TimeSpan.FromMilliseconds(50));

        finding.ShouldNotBeNull().Property.ShouldBe(BuiltInProperties.EndsInTime);
    }

    [Fact]
    public async Task What_a_scenario_throws_is_a_finding()
    {
        Finding? finding = await RunAsync(_ => throw new InvalidOperationException("Too late."));

        finding.ShouldNotBeNull().Property.ShouldBe(BuiltInProperties.NoException);
        finding.Detail.ShouldBe("InvalidOperationException: Too late.");
    }

    [Fact]
    public async Task What_a_handler_throws_is_a_finding_of_its_host()
    {
        Finding? finding = await RunAsync(async world =>
        {
            await using StreamServer server = await world
                .Host("server")
                .StartServerAsync(
                    async (reader, _) =>
                    {
                        // The client first: a connection that is reset at once may be one that its connect reports as failed.
                        await reader.ReadExactlyAsync(1);
                        throw new InvalidOperationException("Not today.");
                    },
                    world.HostAddress("server")
                );
            await using Connection connection = await world.Host("client").OpenConnectionAsync(server.EndPoints[0]);
            connection.Writer.Write("x"u8);
            await new TaskCompletionSource().Task;
        });

        finding.ShouldNotBeNull().Property.ShouldBe(BuiltInProperties.NoHandlerError);
        finding.Detail.ShouldBe("InvalidOperationException: Not today.");
        finding.Host.ShouldBe("server");
        finding.Error.ShouldBeOfType<InvalidOperationException>();
    }

    [Fact]
    public async Task A_handler_that_loses_its_connection_or_throws_what_is_expected_is_none()
    {
        Finding? finding = await RunAsync(async world =>
        {
            world.ExpectUnhandled<InvalidOperationException>();
            TaskCompletionSource<Exception> failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            ServerOptions options = new() { OnError = error => failed.TrySetResult(error) };
            foreach (Exception error in new Exception[] { new InvalidOperationException(), new ConnectionException() })
            {
                failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync(
                        async (reader, _) =>
                        {
                            // The client first: a connection that is reset at once may be one that its connect reports as failed.
                            await reader.ReadExactlyAsync(1);
                            throw error;
                        },
                        world.HostAddress("server"),
                        options: options
                    );
                await using Connection connection = await world.Host("client").OpenConnectionAsync(server.EndPoints[0]);
                connection.Writer.Write("x"u8);
                (await failed.Task).ShouldBeSameAs(error);
            }
        });

        finding.ShouldBeNull();
    }

    [Fact]
    public async Task Notes_carry_the_host_whose_program_made_them()
    {
        using Detsim detsim = new()
        {
            Scenarios =
            [
                new AdHocScenario(
                    "noting",
                    async world =>
                    {
                        TaskCompletionSource done = new();
                        world.StartHost(
                            "server",
                            async _ =>
                            {
                                await Task.Yield();
                                world.Note("from a program");
                                done.SetResult();
                            }
                        );
                        await done.Task;
                        world.Note("from the scenario");
                    }
                ),
            ],
        };

        Outcome outcome = await detsim.RunAsync("run", "noting", "--driver", "sockets", "--trace");

        outcome.OutputLines.ShouldContain(line => line.Contains("server") && line.Contains("note: from a program"));
        outcome.OutputLines.ShouldContain(line => line.Contains("main") && line.Contains("note: from the scenario"));
    }

    [Fact]
    public async Task What_a_hosts_program_throws_is_a_finding_that_names_the_host()
    {
        Finding? finding = await RunAsync(async world =>
        {
            world.StartHost("unlucky", _ => throw new InvalidOperationException("bad luck"));
            await new TaskCompletionSource().Task;
        });

        finding.ShouldNotBeNull().Property.ShouldBe(BuiltInProperties.NoException);
        finding.Detail.ShouldBe("unlucky: InvalidOperationException: bad luck");
    }

    [Fact]
    public async Task A_host_runs_one_program_at_a_time()
    {
        Finding? finding = await RunAsync(world =>
        {
            world.StartHost("busy", _ => new TaskCompletionSource().Task);
            Should.Throw<InvalidOperationException>(() => world.StartHost("busy", _ => Task.CompletedTask));
            return Task.CompletedTask;
        });

        finding.ShouldBeNull();
    }

    [Fact]
    public async Task The_first_of_many_findings_at_once_is_the_one()
    {
        Finding? finding = await RunAsync(world =>
        {
            Parallel.For(0, 100, number => world.Always(condition: false, "never", $"{number}"));
            return Task.CompletedTask;
        });

        finding.ShouldNotBeNull().Property.ShouldBe("never");
    }

    [Fact]
    public async Task An_interruption_ends_a_run_at_once()
    {
        using CancellationTokenSource interrupt = new();
        AdHocScenario scenario = new(
            "endless",
            async _ =>
            {
                await interrupt.CancelAsync();
                await new TaskCompletionSource().Task;
            }
        );
        using Detsim detsim = new() { Scenarios = [scenario] };

        Outcome outcome = await detsim.RunAsync(interrupt.Token, "run", "endless", "--driver", "sockets");

        outcome.ExitCode.ShouldBe(130);
        outcome.OutputLines[^1].ShouldBe("0 of 1 run in 1.0 s: nothing found.");
    }

    /// <summary>A visitor who is not let in before the faults stop.</summary>
    private static AdHocScenario Knock { get; } =
        new(
            "knock",
            async world =>
            {
                await using StreamServer house = await world
                    .Host("house")
                    .StartServerAsync((_, _) => Task.CompletedTask, world.HostAddress("house"));
                try
                {
                    await using Connection refused = await world
                        .Host("visitor")
                        .OpenConnectionAsync(house.EndPoints[0]);
                }
                catch (ConnectionException error)
                {
                    world.Note($"{error.Kind}");
                }

                world.StopFaults();
                await using Connection connection = await world.Host("Visitor").OpenConnectionAsync(house.EndPoints[0]);
                world.Note("in after the faults have stopped");
            }
        );

    private static async Task<Finding?> RunAsync(Func<ScenarioWorld, Task> scenario, TimeSpan? limit = null)
    {
        SocketDriver driver = new(limit: limit);
        SeedRun run = await driver.RunAsync(new AdHocScenario("ad-hoc", scenario), seed: 1, CancellationToken.None);
        return run.Finding;
    }
}
