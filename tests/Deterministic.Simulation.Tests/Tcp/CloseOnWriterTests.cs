using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>A peer closes while a writer waits for room: which of the two, the end or the loss, a program hears of first is a decision, as it is a race on sockets.</summary>
public sealed class CloseOnWriterTests
{
    [Clause("W-LOST-04", "W-LOST-05")]
    [Fact]
    public void On_TCP_the_writer_meets_a_broken_pipe_or_a_reset_that_has_overtaken_the_end() =>
        Outcomes(isUnix: false)
            .ShouldBe(["end, BrokenPipe", "BrokenPipe, BrokenPipe", "Reset, Reset"], ignoreOrder: true);

    [Clause("W-LOST-04", "W-LOST-05")]
    [Fact]
    public void On_a_Unix_socket_the_writer_meets_a_broken_pipe_or_a_reset() =>
        Outcomes(isUnix: true)
            .ShouldBe(["end, BrokenPipe", "BrokenPipe, BrokenPipe", "Reset, Reset"], ignoreOrder: true);

    private static HashSet<string> Outcomes(bool isUnix) =>
        [.. Enumerable.Range(1, 40).Select(seed => Outcome((ulong)seed, isUnix))];

    /// <returns>What a read to the end came to, and what a drain did.</returns>
    private static string Outcome(ulong seed, bool isUnix)
    {
        string outcome = "";
        SimulatedWorld world = new(seed);
        world
            .Run(
                async () =>
                {
                    SimulatedHost host = world.Host("server");
                    TaskCompletionSource<Connection> accepted = new();
                    EndPoint address = isUnix
                        ? new UnixDomainSocketEndPoint("/run/test")
                        : new IPEndPoint(host.Address, 0);
                    await using StreamServer server = await host.StartServerAsync(
                        (Action<Connection>)accepted.SetResult,
                        address
                    );
                    Connection client = await (isUnix ? host : world.Host("client")).OpenConnectionAsync(
                        server.EndPoints[0]
                    );
                    client.Writer.Write(new byte[512 * 1024]);
                    Task<string> reading = EndAsync(client.Reader.ReadToEndAsync().AsTask());
                    Task<string> draining = EndAsync(client.Writer.DrainAsync().AsTask());
                    await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                    (await accepted.Task).Writer.Close();
                    outcome = $"{await reading}, {await draining}";
                },
                World.Limits
            )
            .ThrowIfNotCompleted();
        return outcome;
    }

    private static async Task<string> EndAsync(Task task)
    {
        try
        {
            await task;
            return "end";
        }
        catch (ConnectionException error)
        {
            return $"{error.Kind}";
        }
    }
}
