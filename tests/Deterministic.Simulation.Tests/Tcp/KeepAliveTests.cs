using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Simulation.Tcp;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

public sealed class KeepAliveTests
{
    private static readonly KeepAliveOptions EveryTenSeconds = new()
    {
        Time = TimeSpan.FromSeconds(10),
        Interval = TimeSpan.FromSeconds(2),
        RetryCount = 3,
    };

    [Fact]
    public void A_silent_peer_is_found_out_after_its_time_and_its_questions()
    {
        Waiting((world, client) => world.Link(client.Host, client.Server).Partition())
            .ShouldBe((ConnectionErrorKind.TimedOut, TimeSpan.FromSeconds(10 + (3 * 2))));
    }

    [Fact]
    public void A_connection_that_was_silently_dropped_is_found_out()
    {
        Waiting((_, _) => { }, FaultProfiles.Calm.With(Fault.SilentDrop()))
            .ShouldBe((ConnectionErrorKind.TimedOut, TimeSpan.FromSeconds(10 + (3 * 2))));
    }

    [Fact]
    public void Between_two_live_ends_it_neither_ends_the_connection_nor_hides_a_deadlock()
    {
        SimulatedWorld world = new(1, keepTrace: true);
        RunResult result = world.Run(
            async () =>
            {
                ServerOptions options = new() { KeepAlive = EveryTenSeconds };
                await world
                    .Host("server")
                    .StartServerAsync(
                        async connection => await connection.Reader.ReadAsync(1),
                        port: 7,
                        options: options
                    );
                Connection client = await world
                    .Host("client")
                    .OpenConnectionAsync("server", 7, new ClientOptions { KeepAlive = EveryTenSeconds });
                await client.Reader.ReadAsync(1);
            },
            World.Limits
        );
        result.Outcome.ShouldBe(RunOutcome.Deadlocked);
        world.Trace.Events.ShouldNotContain(happened => happened.Kind == TraceKind.ReceivedReset);
    }

    [Fact]
    public void A_peer_that_still_answers_is_asked_and_kept()
    {
        Talk.Alone(async world =>
        {
            TaskCompletionSource<Connection> accepted = new();
            await using StreamServer server = await world
                .Host("server")
                .StartServerAsync(
                    async connection =>
                    {
                        accepted.SetResult(connection);
                        await connection.Reader.ReadToEndAsync();
                    },
                    port: 7
                );
            await using Connection client = await world
                .Host("client")
                .OpenConnectionAsync("server", 7, new ClientOptions { KeepAlive = EveryTenSeconds });
            Task<byte[]> reading = client.Reader.ReadAsync(1).AsTask();
            await Task.Delay(TimeSpan.FromHours(1), world.TimeProvider);
            (await accepted.Task).Writer.Write("x"u8);
            (await reading).ShouldBe("x"u8.ToArray());
        });
    }

    private static (ConnectionErrorKind Kind, TimeSpan After) Waiting(
        Action<SimulatedWorld, (SimulatedHost Host, SimulatedHost Server)> silence,
        FaultProfile? faults = null
    )
    {
        (ConnectionErrorKind, TimeSpan) found = default;
        Talk.Alone(
            async world =>
            {
                TaskCompletionSource over = new();
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync(connection => over.Task, port: 7);
                Connection client = await world
                    .Host("client")
                    .OpenConnectionAsync("server", 7, new ClientOptions { KeepAlive = EveryTenSeconds });
                client.Writer.Write("x"u8);
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                silence(world, (world.Host("client"), world.Host("server")));
                TimeSpan heard = world.Scheduler.Now;
                ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                    client.Reader.ReadAsync(1).AsTask()
                );
                found = (error.Kind, TimeSpan.FromSeconds(Math.Round((world.Scheduler.Now - heard).TotalSeconds) + 1));
                client.Abort();
                over.SetResult();
                server.AbortClients();
            },
            faults
        );
        return found;
    }
}
