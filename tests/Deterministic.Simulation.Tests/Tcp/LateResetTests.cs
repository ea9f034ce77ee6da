using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Resets that arrive when they no longer mean anything, and connections that only their kernel still has.</summary>
public sealed class LateResetTests
{
    private const ulong Seeds = 60;

    [Fact]
    public void A_reset_of_an_earlier_syn_does_not_end_a_connection_that_a_later_syn_has_made()
    {
        int made = 0;
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            SimulatedWorld world = new(seed, FaultProfiles.Calm.With(Fault.Refused().Nth(1)));
            world
                .Run(async () =>
                {
                    SimulatedHost server = world.Host("server");
                    SimulatedHost client = world.Host("client");
                    await using StreamServer listening = await server.StartServerAsync(EchoAsync, "server", 80);

                    // The answer to the first SYN, a reset, and to the second one, an acknowledgement, travel at once: either may be first.
                    _ = world.Link(server, client).Hold(TimeSpan.FromSeconds(2));
                    Connection connection;
                    try
                    {
                        connection = await client.OpenConnectionAsync("server", 80);
                    }
                    catch (ConnectionException refused) when (refused.Kind == ConnectionErrorKind.Refused)
                    {
                        return;
                    }

                    await using (connection)
                    {
                        connection.Writer.Write("hello\n"u8);
                        Talk.Text(await connection.Reader.ReadLineAsync()).ShouldBe("hello\n");
                        made++;
                    }
                })
                .ThrowIfNotCompleted();
        }

        made.ShouldBeInRange(1, (int)Seeds - 1);
    }

    [Fact]
    public void A_connection_that_its_kernel_gives_up_after_the_close_was_ended_by_a_fault()
    {
        SimulatedWorld world = new(seed: 1);
        ServerOptions keepAlive = new()
        {
            KeepAlive = new KeepAliveOptions
            {
                Time = TimeSpan.FromSeconds(10),
                Interval = TimeSpan.FromSeconds(5),
                RetryCount = 3,
            },
        };
        bool wasEnded = false;
        world
            .Run(async () =>
            {
                SimulatedHost server = world.Host("server");
                SimulatedHost client = world.Host("client");
                TaskCompletionSource closed = new();
                await using StreamServer listening = await server.StartServerAsync(
                    async connection =>
                    {
                        await connection.Reader.ReadLineAsync();
                        world.Link(client, server).Partition();
                        connection.Writer.Write(new byte[100_000]);
                        connection.Writer.Close();
                        closed.SetResult();
                        await connection.Writer.WaitClosedAsync();
                    },
                    "server",
                    80,
                    keepAlive
                );
                await using Connection connection = await client.OpenConnectionAsync("server", 80);
                connection.Writer.Write("go\n"u8);
                await closed.Task;
                await Talk.FailureOfAsync<ConnectionException>(connection.Reader.ReadToEndAsync().AsTask());
                wasEnded = world.WasEndedByFault(connection);
            })
            .ThrowIfNotCompleted();
        wasEnded.ShouldBeTrue();
    }

    private static async Task EchoAsync(Connection connection)
    {
        while (await connection.Reader.ReadLineAsync() is { Length: > 0 } line)
        {
            connection.Writer.Write(line);
            await connection.Writer.DrainAsync();
        }
    }
}
