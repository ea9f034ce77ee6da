using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>A calm simulated network in which the client's host is decorated, and the server's knows nothing of it.</summary>
internal static class Decorated
{
    public const int Port = 80;

    /// <summary>Runs a program that gets both ends of one connection, and the decorated host.</summary>
    public static SimulatedWorld Between(
        Func<SimulatedWorld, FaultyNetwork, Connection, Connection, Task> program,
        params FaultRule[] rules
    ) =>
        Alone(
            async (world, faulty) =>
            {
                TaskCompletionSource<Connection> accepted = new();
                TaskCompletionSource over = new();
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync(
                        connection =>
                        {
                            accepted.SetResult(connection);
                            return over.Task;
                        },
                        port: Port
                    );
                Connection client = await faulty.OpenConnectionAsync("server", Port);
                await program(world, faulty, client, await accepted.Task);
                over.SetResult();
            },
            rules
        );

    /// <summary>As above, for programs that only want the ends.</summary>
    public static SimulatedWorld Between(
        Func<SimulatedWorld, Connection, Connection, Task> program,
        params FaultRule[] rules
    ) => Between((world, _, client, server) => program(world, client, server), rules);

    /// <summary>Runs a program that gets the decorated host, and connects by itself.</summary>
    public static SimulatedWorld Alone(Func<SimulatedWorld, FaultyNetwork, Task> program, params FaultRule[] rules)
    {
        SimulatedWorld world = new(1, FaultProfiles.Calm, keepTrace: true);
        FaultyNetwork faulty = new(world.Host("client"), FaultProfiles.Calm.With(rules), seed: 7, "client");
        world.Run(() => program(world, faulty), World.Limits).ThrowIfNotCompleted();
        return world;
    }

    /// <summary>The way that a rule is to strike.</summary>
    public static FaultRule Going(this FaultRule rule, bool outgoing) =>
        outgoing ? rule.On("client", "server") : rule.On("server", "client");

    /// <summary>How long a byte is on its way: there, and back.</summary>
    public static async Task<(TimeSpan Out, TimeSpan Back)> TravelBothWaysAsync(
        SimulatedWorld world,
        Connection client,
        Connection server
    ) => (await Struck.TravelAsync(world, client, server), await Struck.TravelAsync(world, server, client));

    public static async Task SleepAsync(this SimulatedWorld world, double seconds) =>
        await Task.Delay(TimeSpan.FromSeconds(seconds), world.TimeProvider);
}
