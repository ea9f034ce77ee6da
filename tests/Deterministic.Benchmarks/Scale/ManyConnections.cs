using System.Diagnostics;
using System.Globalization;
using Deterministic.Exploration;
using Deterministic.Simulation;
using Deterministic.Streams;

namespace Deterministic.Benchmarks.Scale;

/// <summary>Connections that are all open at one time: each sends a line, is answered, and stays.</summary>
internal static class ManyConnections
{
    /// <summary>A host has 16,384 ports to connect from: RFC 6335.</summary>
    private const int PerHost = 16_000;

    public static string Run(int connections)
    {
        Stopwatch watch = Stopwatch.StartNew();
        SimulatedWorld world = new(new ChoiceSource(new RandomStrategy(1), record: false));
        long held = 0;
        world
            .Run(async () =>
            {
                TaskCompletionSource over = new();
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync(
                        async (reader, writer) =>
                        {
                            writer.Write(await reader.ReadLineAsync());
                            await writer.DrainAsync();
                            await over.Task;
                        },
                        "server",
                        7,
                        new ServerOptions { Backlog = connections }
                    );
                Connection[] clients = await Task.WhenAll(
                    Enumerable.Range(0, connections).Select(number => ConnectAsync(world, number))
                );
                held = GC.GetTotalMemory(forceFullCollection: true);
                foreach (Connection client in clients)
                {
                    client.Abort();
                }

                over.SetResult();
            })
            .ThrowIfNotCompleted();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{connections:N0} open at one time in {watch.Elapsed.TotalSeconds:0.0} s, {held / (1 << 20)} MiB on the heap ({held / connections:N0} bytes for each)"
        );
    }

    private static async Task<Connection> ConnectAsync(SimulatedWorld world, int number)
    {
        SimulatedHost host = world.Host(string.Create(CultureInfo.InvariantCulture, $"client-{number / PerHost}"));
        Connection client = await host.OpenConnectionAsync("server", 7);
        client.Writer.Write("hello\n"u8);
        byte[] answer = await client.Reader.ReadLineAsync();
        return answer.AsSpan().SequenceEqual("hello\n"u8) ? client : throw new InvalidOperationException("No echo.");
    }
}
