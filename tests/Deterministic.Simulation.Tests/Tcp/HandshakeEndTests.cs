using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>An end of a half that comes before the handshake is over: RFC 9293, section 3.10.4.</summary>
public sealed class HandshakeEndTests
{
    /// <summary>The last part of the handshake is lost, and then something on the way ends both halves.</summary>
    private static readonly FaultProfile EndInHandshake = FaultProfiles.Calm.With(
        Fault.Loss().At("server").During(TimeSpan.FromMicroseconds(100), TimeSpan.FromSeconds(2)),
        Fault.FinEarly().Nth(1)
    );

    [Fact]
    public void A_half_that_is_ended_in_SYN_RECEIVED_ends_once_the_handshake_is_over()
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            (int client, int server) = (-1, -1);
            SimulatedWorld world = new(seed, EndInHandshake);
            world
                .Run(
                    async () =>
                    {
                        TaskCompletionSource over = new();
                        await using StreamServer listening = await world
                            .Host("server")
                            .StartServerAsync(async connection =>
                            {
                                server = (await connection.Reader.ReadToEndAsync()).Length;
                                over.SetResult();
                            });
                        Connection connection = await world.Host("client").OpenConnectionAsync(listening.EndPoints[0]);
                        connection.Writer.Write("question"u8);
                        client = (await connection.Reader.ReadToEndAsync()).Length;
                        await over.Task;
                        connection.Abort();
                    },
                    World.Limits
                )
                .ThrowIfNotCompleted();
            (client, server).ShouldBe((0, 8), $"seed {seed}");
        }
    }
}
