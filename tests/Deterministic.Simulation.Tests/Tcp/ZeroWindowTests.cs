using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>A peer that does not read, and what becomes of the way to it meanwhile.</summary>
public sealed class ZeroWindowTests
{
    private static readonly FaultProfile Narrow = Talk.Calm with { Name = "narrow", WindowBytes = 1000 };

    /// <summary>Longer than a peer that does not answer is given.</summary>
    private static readonly TimeSpan Hours = TimeSpan.FromHours(2);

    public static TheoryData<string> Losses => ["there", "back", "both", "vanished"];

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_peer_that_is_lost_while_its_window_is_closed_is_found_out(string loss)
    {
        Talk.Between(
            async (world, client, server) =>
            {
                client.Writer.Write(new byte[1_000_000]);
                await Task.Delay(Hours, world.TimeProvider);
                TimeSpan lost = world.Scheduler.Now;
                Lose(world, loss);
                ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                    client.Writer.DrainAsync().AsTask()
                );
                TimeSpan took = world.Scheduler.Now - lost;
                if (loss == "vanished")
                {
                    // Its host answers, and knows nothing of it.
                    error.Kind.ShouldBe(ConnectionErrorKind.Reset);
                    took.ShouldBeLessThan(TimeSpan.FromMinutes(2));
                }
                else
                {
                    error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
                    took.ShouldBeInRange(
                        TcpOptions.Default.RetransmissionTimeout,
                        TcpOptions.Default.RetransmissionTimeout + TimeSpan.FromMinutes(3)
                    );
                }

                server.Abort();
            },
            Narrow
        );
    }

    [Fact]
    public void A_way_that_is_cut_for_a_minute_while_the_window_is_closed_costs_nothing()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                client.Writer.Write(new byte[1_000_000]);
                await Task.Delay(Hours, world.TimeProvider);
                Lose(world, "both");
                await Task.Delay(TimeSpan.FromMinutes(1), world.TimeProvider);
                world.Link(world.Host("client"), world.Host("server")).Heal();
                world.Link(world.Host("server"), world.Host("client")).Heal();
                (await server.Reader.ReadExactlyAsync(1_000_000)).Length.ShouldBe(1_000_000);
            },
            Narrow
        );
    }

    [Fact]
    public void Two_live_ends_that_wait_for_each_other_are_a_deadlock()
    {
        SimulatedWorld world = new(1, Narrow);
        RunResult result = world.Run(
            async () =>
            {
                await world.Host("server").StartServerAsync(_ => new TaskCompletionSource().Task, port: 7);
                Connection client = await world.Host("client").OpenConnectionAsync("server", 7);
                client.Writer.Write(new byte[1_000_000]);
                await client.Writer.DrainAsync();
            },
            World.Limits
        );
        result.Outcome.ShouldBe(RunOutcome.Deadlocked);
    }

    private static void Lose(SimulatedWorld world, string loss)
    {
        (SimulatedHost client, SimulatedHost server) = (world.Host("client"), world.Host("server"));
        if (loss is "there" or "both")
        {
            world.Link(client, server).Partition();
        }

        if (loss is "back" or "both")
        {
            world.Link(server, client).Partition();
        }

        if (loss == "vanished")
        {
            // The server's end of the first connection.
            server.Tcp.Find(3)!.Crash(CrashStyle.Silent);
        }
    }
}
