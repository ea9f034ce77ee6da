using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Closing a server within a time, in virtual time.</summary>
public sealed class DrainTests
{
    [Clause("S-CLOSE-02")]
    [Fact]
    public void A_drain_lasts_as_long_as_its_connections_and_no_longer_than_its_deadline()
    {
        Talk.Alone(async world =>
        {
            foreach ((int seconds, int aborted) in new[] { (10, 2), (45, 1), (600, 0) })
            {
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync(
                        async (reader, writer) =>
                        {
                            int wait = int.Parse(
                                await reader.ReadLineAsync(),
                                System.Globalization.CultureInfo.InvariantCulture
                            );
                            writer.Write("at it\n"u8);
                            await Task.Delay(TimeSpan.FromSeconds(wait), world.TimeProvider);
                            writer.Write("done\n"u8);
                        },
                        port: 80
                    );
                Task<byte[]>[] answers = [await AskAsync(world, 30), await AskAsync(world, 60)];
                TimeSpan before = world.Scheduler.Now;
                (await server.CloseAsync(TimeSpan.FromSeconds(seconds))).ShouldBe(aborted);
                (world.Scheduler.Now - before).TotalSeconds.ShouldBe(Math.Min(seconds, 60), tolerance: 1);
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                answers.Count(answer => answer.IsFaulted).ShouldBe(aborted, "an abort shows as a reset");
                server.ConnectionCount.ShouldBe(0);
            }
        });
    }

    [Clause("S-FOREVER-02")]
    [Fact]
    public void A_server_that_is_told_to_stop_after_a_while_stops_then()
    {
        Talk.Alone(async world =>
        {
            StreamServer server = await world.Host("server").StartServerAsync(_ => Task.CompletedTask, port: 80);
            using CancellationTokenSource stop = new(TimeSpan.FromHours(1), world.TimeProvider);
            await Talk.FailureOfAsync<OperationCanceledException>(server.ServeForeverAsync(stop.Token).AsTask());
            world.Scheduler.Now.ShouldBe(TimeSpan.FromHours(1));
            server.IsServing.ShouldBeFalse();
        });
    }

    /// <summary>Has somebody work on an answer for so long.</summary>
    private static async Task<Task<byte[]>> AskAsync(SimulatedWorld world, int seconds)
    {
        Connection connection = await world.Host("client").OpenConnectionAsync("server", 80);
        connection.Writer.Write(Talk.Bytes($"{seconds}\n"));
        await connection.Reader.ReadLineAsync();
        return connection.Reader.ReadToEndAsync().AsTask();
    }
}
