using System.Text;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>A simulated network with a server and a client, as short as a test wants it.</summary>
internal static class Talk
{
    public static readonly FaultProfile Calm = FaultProfiles.Calm;

    /// <summary>Runs a program that gets both ends of one connection.</summary>
    public static SimulatedWorld Between(
        Func<SimulatedWorld, Connection, Connection, Task> program,
        FaultProfile? faults = null,
        ulong seed = 1,
        PacketCapture? capture = null
    )
    {
        SimulatedWorld world = new(seed, faults, keepTrace: true) { Capture = capture };
        world
            .Run(
                async () =>
                {
                    TaskCompletionSource<Connection> accepted = new();
                    TaskCompletionSource over = new();
                    await using StreamServer server = await world
                        .Host("server")
                        .StartServerAsync(connection =>
                        {
                            accepted.SetResult(connection);
                            return over.Task;
                        });
                    Connection client = await world.Host("client").OpenConnectionAsync(server.EndPoints[0]);
                    await program(world, client, await accepted.Task);
                    over.SetResult();
                },
                World.Limits
            )
            .ThrowIfNotCompleted();
        return world;
    }

    /// <summary>Runs a program that needs no connection.</summary>
    public static SimulatedWorld Alone(Func<SimulatedWorld, Task> program, FaultProfile? faults = null)
    {
        SimulatedWorld world = new(1, faults, keepTrace: true);
        world.Run(() => program(world), World.Limits).ThrowIfNotCompleted();
        return world;
    }

    /// <summary>The exception that a task ends with; nothing that continues outside the simulation.</summary>
    public static async Task<TException> FailureOfAsync<TException>(Task task)
        where TException : Exception
    {
        try
        {
            await task;
        }
        catch (TException error)
        {
            return error;
        }

        throw new InvalidOperationException($"No {typeof(TException).Name} was thrown.");
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
