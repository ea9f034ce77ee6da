using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Programs for hosts, as short as a test wants them.</summary>
internal static class Programs
{
    /// <summary>Serves for as long as the host lives.</summary>
    public static async Task EchoAsync(SimulatedHost host)
    {
        await using StreamServer server = await host.StartServerAsync(EchoOneAsync, port: 80);
        await Forever;
    }

    public static async Task EchoOneAsync(Connection connection)
    {
        while (await connection.Reader.ReadAsync(1024) is { Length: > 0 } data)
        {
            connection.Writer.Write(data);
        }
    }

    public static Task Forever => new TaskCompletionSource().Task;

    public static Task PassAsync(SimulatedWorld world, double seconds) =>
        Task.Delay(TimeSpan.FromSeconds(seconds), world.TimeProvider);

    public static async Task<string> AskAsync(Connection connection, string question)
    {
        connection.Writer.Write(Talk.Bytes(question));
        return Talk.Text(await connection.Reader.ReadExactlyAsync(question.Length));
    }
}
