using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>What the world itself watches.</summary>
public sealed class BuiltInPropertyTests
{
    private static readonly ServerOptions SecuredServer = new()
    {
        Tls = new TlsServerOptions(Certificates.Issue("server")),
    };

    private static readonly ClientOptions SecuredClient = new()
    {
        Tls = new TlsClientOptions { Authentication = Certificates.ClientAuthentication() },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_writes_without_draining_does_not_keep_to_its_memory(bool tls)
    {
        Finding finding = Run(world => FloodAsync(world, drains: false, tls)).Finding.ShouldNotBeNull();
        finding.Property.ShouldBe(BuiltInProperties.MemoryBounded);
        finding.Detail.ShouldStartWith("client #1: holds ");
        finding.Detail.ShouldContain("must drain");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_drains_does(bool tls) => Run(world => FloodAsync(world, drains: true, tls)).Finding.ShouldBeNull();

    [Fact]
    public void A_task_that_fails_and_that_nobody_looks_at_is_a_finding()
    {
        Finding finding = Run(world =>
        {
            Forget(FailAsync(world));
            return Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
        })
            .Finding.ShouldNotBeNull();
        finding.Property.ShouldBe(BuiltInProperties.NoUnobservedFailure);
        finding.Detail.ShouldBe("InvalidOperationException: nobody will see this");
    }

    [Fact]
    public void A_failure_that_somebody_looks_at_is_none()
    {
        Run(async world =>
        {
            try
            {
                await FailAsync(world);
            }
            catch (InvalidOperationException)
            {
                world.Note("seen");
            }
        })
            .Finding.ShouldBeNull();
    }

    [Fact]
    public void Whoever_does_not_want_to_know_of_failures_is_not_told()
    {
        SimulationRunner
            .Run(
                new Play(world =>
                {
                    Forget(FailAsync(world));
                    return Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                }),
                seed: 1,
                new SimulationOptions { WatchTasks = false }
            )
            .Finding.ShouldBeNull();
    }

    private static void Forget(Task task) => _ = task;

    private static async Task FailAsync(ScenarioWorld world)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(10), world.TimeProvider);
        throw new InvalidOperationException("nobody will see this");
    }

    private static async Task FloodAsync(ScenarioWorld world, bool drains, bool tls)
    {
        await using StreamServer server = await world
            .Host("server")
            .StartServerAsync(
                async connection =>
                {
                    while (await connection.Reader.ReadAsync(100_000) is { Length: > 0 })
                    {
                        await Task.Delay(TimeSpan.FromMilliseconds(1), world.TimeProvider);
                    }
                },
                "server",
                7,
                tls ? SecuredServer : null
            );
        await using Connection client = await world
            .Host("client")
            .OpenConnectionAsync("server", 7, tls ? SecuredClient : null);
        byte[] megabyte = new byte[1024 * 1024];
        for (int count = 0; count < 20; count++)
        {
            client.Writer.Write(megabyte);
            if (drains)
            {
                await client.Writer.DrainAsync();
            }
        }
    }

    private static SimulationRun Run(Func<ScenarioWorld, Task> body) =>
        SimulationRunner.Run(new Play(body), seed: 1, new SimulationOptions { Faults = FaultProfiles.Calm });
}
