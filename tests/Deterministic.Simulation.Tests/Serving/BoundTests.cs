using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>A server with a bound on its connections.</summary>
public sealed class BoundTests
{
    [Clause("C-MAX-01")]
    [Fact]
    public void No_more_connections_than_the_bound_are_served_at_once_and_in_the_end_all_are()
    {
        const int Bound = 3;
        const int Clients = 12;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            int served = 0;
            int most = 0;
            SimulatedWorld world = new(seed, FaultProfiles.LossyWan);
            world
                .Run(
                    async () =>
                    {
                        await using StreamServer server = await world
                            .Host("server")
                            .StartServerAsync(
                                async (reader, writer) =>
                                {
                                    most = Math.Max(most, ++served);
                                    await reader.ReadToEndAsync();
                                    await Task.Delay(TimeSpan.FromMilliseconds(50), world.TimeProvider);
                                    served--;
                                },
                                port: 80,
                                options: new ServerOptions { MaxConnections = Bound }
                            );
                        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => VisitAsync(world)));
                        server.FailureCount.ShouldBe(0);
                    },
                    World.Limits
                )
                .ThrowIfNotCompleted();
            most.ShouldBe(Bound, $"seed {seed}");
        }
    }

    private static async Task VisitAsync(SimulatedWorld world)
    {
        await using Connection connection = await world.Host("client").OpenConnectionAsync("server", 80);
        connection.Writer.WriteEof();
        (await connection.Reader.ReadToEndAsync()).ShouldBeEmpty();
    }
}
