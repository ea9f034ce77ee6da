using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>A writer that waits for room, and a peer of which nothing is left to announce any: it has to ask, again and again until it hears an answer.</summary>
public sealed class GonePeerTests
{
    private static readonly FaultProfile Shut = FaultProfiles.Calm.With(
        Fault.ZeroWindow(TimeSpan.FromSeconds(1000)).At("server").Nth(1)
    );

    [Fact]
    public void A_writer_that_waits_finds_out_that_its_peers_end_has_timed_out_after_a_close() =>
        Lose(static (_, server) => server.Writer.Close()).ShouldBe(ConnectionErrorKind.BrokenPipe);

    [Fact]
    public void A_writer_that_waits_asks_again_if_the_answer_that_its_peer_is_gone_was_lost() =>
        Lose(
                static (world, _) =>
                {
                    SimulatedLink back = world.Link(world.Host("server"), world.Host("client"));
                    world.Host("server").Crash();
                    world.Host("server").Restart();
                    back.LossPerMille = 1000;
                    world.Scheduler.ScheduleAfter(TimeSpan.FromSeconds(5), "test", _ => back.LossPerMille = 0);
                }
            )
            .ShouldBe(ConnectionErrorKind.Reset);

    /// <returns>How a drain ends that waits for room as the peer goes.</returns>
    private static ConnectionErrorKind? Lose(Action<SimulatedWorld, Connection> lose)
    {
        ConnectionErrorKind? kind = null;
        Talk.Between(
            async (world, client, server) =>
            {
                client.Writer.Write(new byte[256 * 1024]);
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                lose(world, server);
                kind = (await Talk.FailureOfAsync<ConnectionException>(client.Writer.DrainAsync().AsTask())).Kind;
            },
            Shut
        );
        return kind;
    }
}
