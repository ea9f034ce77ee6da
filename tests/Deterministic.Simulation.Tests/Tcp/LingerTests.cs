using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary><see cref="ConnectionOptions.Linger"/>, as on real sockets.</summary>
public sealed class LingerTests
{
    private static readonly FaultProfile Even = FaultProfiles.Calm with
    {
        Latency = LatencyDistribution.Constant(TimeSpan.FromMilliseconds(10)),
        WindowBytes = 1000,
    };

    [Clause("W-CLOSE-03")]
    [Fact]
    public void Without_it_a_close_waits_for_nobody_and_what_was_taken_still_arrives()
    {
        (TimeSpan took, Exception? error, int arrived, _) = Close(linger: null, reads: true);
        took.ShouldBe(TimeSpan.Zero);
        error.ShouldBeNull();
        arrived.ShouldBe(500);
    }

    [Clause("W-CLOSE-03", "W-WAIT-01")]
    [Fact]
    public void With_it_a_close_waits_for_the_acknowledgement()
    {
        (TimeSpan took, Exception? error, int arrived, _) = Close(TimeSpan.FromSeconds(5), reads: true);
        took.ShouldBe(TimeSpan.FromMilliseconds(20), "a round trip");
        error.ShouldBeNull();
        arrived.ShouldBe(500);
    }

    [Clause("W-WAIT-03")]
    [Fact]
    public void What_is_not_acknowledged_in_time_is_dropped_and_an_error()
    {
        (TimeSpan took, Exception? error, _, bool reset) = Close(TimeSpan.FromSeconds(5), reads: false);
        took.ShouldBe(TimeSpan.FromSeconds(5));
        error.ShouldBeOfType<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.TimedOut);
        reset.ShouldBeFalse("the way there is cut");
    }

    [Clause("W-CLOSE-03")]
    [Fact]
    public void Zero_drops_what_was_taken_and_resets_the_peer()
    {
        (TimeSpan took, Exception? error, _, bool reset) = Close(TimeSpan.Zero, reads: true);
        took.ShouldBe(TimeSpan.Zero);
        error.ShouldBeNull();
        reset.ShouldBeTrue();
    }

    [Clause("W-CLOSE-03")]
    [Fact]
    public void An_abort_ends_a_close_that_lingers()
    {
        Talk.Alone(
            async world =>
            {
                await using StreamServer server = await world.Host("server").StartServerAsync(Read, port: 7);
                Connection client = await world
                    .Host("client")
                    .OpenConnectionAsync("server", 7, new ClientOptions { Linger = TimeSpan.FromHours(1) });
                world.Link(world.Host("client"), world.Host("server")).Partition();
                client.Writer.Write(new byte[500]);
                client.Writer.Close();
                Task closing = client.Writer.WaitClosedAsync().AsTask();
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                closing.IsCompleted.ShouldBeFalse();
                client.Abort();
                await Task.WhenAny(closing);
                (world.Scheduler.Now < TimeSpan.FromMinutes(1)).ShouldBeTrue();
                server.AbortClients();
            },
            Even
        );
    }

    [Clause("W-WAIT-03")]
    [Fact]
    public void A_close_that_lingers_fails_if_the_peer_has_reset_meanwhile()
    {
        ConnectionErrorKind? kind = null;
        Talk.Alone(
            async world =>
            {
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync(static connection => connection.Abort(), port: 7);
                Connection client = await world
                    .Host("client")
                    .OpenConnectionAsync("server", 7, new ClientOptions { Linger = TimeSpan.FromSeconds(5) });
                client.Writer.Write(new byte[28]);
                client.Writer.Close();
                kind = (await Talk.FailureOfAsync<ConnectionException>(client.Writer.WaitClosedAsync().AsTask())).Kind;
            },
            Even
        );
        kind.ShouldBe(ConnectionErrorKind.Reset);
    }

    [Clause("W-WAIT-03")]
    [Fact]
    public void A_close_that_lingers_fails_if_a_fault_has_cut_off_what_was_sent_last()
    {
        ConnectionErrorKind? kind = null;
        Talk.Alone(
            async world =>
            {
                await using StreamServer server = await world.Host("server").StartServerAsync(Read, port: 7);
                Connection client = await world
                    .Host("client")
                    .OpenConnectionAsync("server", 7, new ClientOptions { Linger = TimeSpan.FromSeconds(5) });
                client.Writer.Write(new byte[10]);
                client.Writer.Write(new byte[10]);
                client.Writer.Close();
                kind = (await Talk.FailureOfAsync<ConnectionException>(client.Writer.WaitClosedAsync().AsTask())).Kind;
            },
            Even.With(Fault.HalfClose().On("client", "server").AfterBytes(10))
        );
        kind.ShouldNotBeNull().ShouldBeOneOf(ConnectionErrorKind.Reset, ConnectionErrorKind.BrokenPipe);
    }

    /// <summary>The acknowledgement of the end comes with a peer's bytes before it and behind it: they do not make the close wait for its time.</summary>
    [Clause("W-CLOSE-03")]
    [Fact]
    public void A_close_that_lingers_ends_with_the_acknowledgement_also_if_the_peer_sends_on()
    {
        Talk.Alone(
            async world =>
            {
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync(
                        (Action<Connection>)(connection => connection.Writer.Write(new byte[100_000])),
                        port: 7
                    );
                Connection client = await world
                    .Host("client")
                    .OpenConnectionAsync("server", 7, new ClientOptions { Linger = TimeSpan.FromHours(1), Limit = 1 });
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                TimeSpan start = world.Scheduler.Now;
                client.Writer.Close();
                await client.Writer.WaitClosedAsync();
                (world.Scheduler.Now - start).ShouldBeLessThan(TimeSpan.FromSeconds(1));
                server.AbortClients();
            },
            Even
        );
    }

    private static async Task Read(Connection connection)
    {
        try
        {
            await connection.Reader.ReadToEndAsync();
        }
        catch (ConnectionException)
        {
            // Some clients here reset, and some fall silent.
        }
    }

    private static (TimeSpan Took, Exception? Error, int Arrived, bool Reset) Close(TimeSpan? linger, bool reads)
    {
        (TimeSpan Took, Exception? Error, int Arrived, bool Reset) outcome = default;
        Talk.Alone(
            async world =>
            {
                TaskCompletionSource over = new();
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync(
                        async connection =>
                        {
                            try
                            {
                                outcome.Arrived = (await connection.Reader.ReadToEndAsync()).Length;
                            }
                            catch (ConnectionException error)
                            {
                                outcome.Reset = error.Kind == ConnectionErrorKind.Reset;
                            }

                            over.SetResult();
                        },
                        port: 7
                    );
                Connection client = await world
                    .Host("client")
                    .OpenConnectionAsync("server", 7, new ClientOptions { Linger = linger });
                if (!reads)
                {
                    world.Link(world.Host("client"), world.Host("server")).Partition();
                }

                client.Writer.Write(new byte[500]);
                TimeSpan start = world.Scheduler.Now;
                client.Writer.Close();
                try
                {
                    await client.Writer.WaitClosedAsync();
                }
                catch (ConnectionException error)
                {
                    outcome.Error = error;
                }

                outcome.Took = world.Scheduler.Now - start;
                if (reads)
                {
                    await over.Task;
                }

                server.AbortClients();
            },
            Even
        );
        return outcome;
    }
}
