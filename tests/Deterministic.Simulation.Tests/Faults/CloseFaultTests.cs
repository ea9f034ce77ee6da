using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of closing: how connections end that nobody has closed.</summary>
public sealed class CloseFaultTests
{
    private static readonly byte[] Hello = Talk.Bytes("hello world");

    /// <summary>Those that strike behind what is sent: each behind "hello".</summary>
    public static TheoryData<FaultKind> Ends =>
        [FaultKind.FinEarly, FaultKind.HalfClose, FaultKind.Reset, FaultKind.SilentDrop, FaultKind.HalfOpen];

    [Theory]
    [MemberData(nameof(Ends))]
    [ShowsFault(FaultKind.FinEarly, FaultIs.Off)]
    [ShowsFault(FaultKind.HalfClose, FaultIs.Off)]
    [ShowsFault(FaultKind.Reset, FaultIs.Off)]
    [ShowsFault(FaultKind.SilentDrop, FaultIs.Off)]
    [ShowsFault(FaultKind.HalfOpen, FaultIs.Off)]
    public void Where_it_does_not_strike_a_conversation_goes_on_to_its_own_end(FaultKind kind)
    {
        FaultRule elsewhere = FaultRule.Parse(FaultCatalog.Of(kind).Name).AfterBytes(5).On("server", "client");
        Talk.Between(
            async (_, client, server) =>
            {
                client.Writer.Write(Hello);
                client.Writer.WriteEof();
                (await server.Reader.ReadToEndAsync()).ShouldBe(Hello);
                server.Writer.Write("back"u8);
                server.Writer.WriteEof();
                (await client.Reader.ReadToEndAsync()).Length.ShouldBe(4);
            },
            By(elsewhere)
        );
    }

    [Fact]
    [ShowsFault(FaultKind.FinEarly, FaultIs.On)]
    public void An_early_FIN_ends_both_directions_and_who_sends_more_is_reset()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                client.Writer.Write("hello"u8);
                Talk.Text(await server.Reader.ReadToEndAsync()).ShouldBe("hello");
                (await client.Reader.ReadToEndAsync()).ShouldBeEmpty();
                await Task.Delay(Seconds(1), world.TimeProvider);
                foreach (Connection end in new[] { client, server })
                {
                    // As in a kernel: who has read the end hears of the reset with what it sends next.
                    end.Writer.Write("more"u8);
                    await Task.Delay(Seconds(1), world.TimeProvider);
                    end.Writer.IsClosing.ShouldBeFalse();
                    end.Writer.Write("again"u8);
                    (await LostAsync(end)).ShouldBe(ConnectionErrorKind.BrokenPipe);
                }

                world.Trace.Events.Count(happened => happened.Kind == TraceKind.ReceivedReset).ShouldBe(2);
            },
            By(Fault.FinEarly().AfterBytes(5))
        );
    }

    [Fact]
    public void A_sender_that_waits_for_room_is_reset_by_an_early_FIN_too()
    {
        FaultProfile faults = By(Fault.FinEarly().On("client", "server")) with { WindowBytes = 1000 };
        Talk.Between(
            async (world, client, server) =>
            {
                server.Writer.Write(new byte[1_000_000]);
                await Task.Delay(Seconds(60), world.TimeProvider);
                server.Writer.IsPaused.ShouldBeTrue();
                client.Writer.Write("x"u8);
                (await LostAsync(server)).ShouldBe(ConnectionErrorKind.Reset);
            },
            faults
        );
    }

    [Fact]
    [ShowsFault(FaultKind.HalfClose, FaultIs.On)]
    public void A_half_close_ends_one_direction_and_leaves_the_other_and_who_sends_more_is_reset()
    {
        Talk.Between(
            async (_, client, server) =>
            {
                client.Writer.Write("hello"u8);
                Talk.Text(await server.Reader.ReadToEndAsync()).ShouldBe("hello");
                server.Writer.Write("back"u8);
                Talk.Text(await client.Reader.ReadExactlyAsync(4)).ShouldBe("back");
                client.Writer.Write(" world"u8);
                (await LostAsync(client)).ShouldBe(ConnectionErrorKind.Reset);
            },
            By(Fault.HalfClose().AfterBytes(5))
        );
    }

    [Fact]
    [ShowsFault(FaultKind.SlowClose)]
    public void A_slow_close_makes_the_end_late_and_not_what_is_before_it()
    {
        EndTakes(By(Fault.SlowClose(Seconds(5), Seconds(9)))).ShouldBeInRange(Seconds(5), Seconds(9) + Soon);
        EndTakes(Calm).ShouldBeLessThan(Soon);

        static TimeSpan EndTakes(FaultProfile faults)
        {
            TimeSpan late = default;
            Talk.Between(
                async (world, client, server) =>
                {
                    (await TravelAsync(world, client, server)).ShouldBeLessThan(Soon);
                    TimeSpan start = world.Scheduler.Now;
                    client.Writer.WriteEof();
                    (await server.Reader.ReadToEndAsync()).ShouldBeEmpty();
                    late = world.Scheduler.Now - start;
                },
                faults
            );
            return late;
        }
    }

    [Fact]
    [ShowsFault(FaultKind.Reset, FaultIs.On)]
    public void A_reset_breaks_both_ends_behind_what_was_sent()
    {
        Talk.Between(
            async (_, client, server) =>
            {
                client.Writer.Write(Hello);
                (await client.Reader.LossAsync()).ShouldBe(ConnectionErrorKind.Reset);
                (await server.Reader.LossAsync()).ShouldBe(ConnectionErrorKind.Reset);
                Talk.Text(server.Reader.TakeBuffered()).ShouldBe("hello");
            },
            By(Fault.AbortAfter(5))
        );
    }

    [Fact]
    [ShowsFault(FaultKind.SilentDrop, FaultIs.On)]
    public void After_a_silent_drop_a_sender_times_out()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                client.Writer.Write(Hello);
                Talk.Text(await server.Reader.ReadExactlyAsync(5)).ShouldBe("hello");
                (await client.Reader.LossAsync()).ShouldBe(ConnectionErrorKind.TimedOut);
                world.Scheduler.Now.ShouldBeInRange(
                    TcpOptions.Default.RetransmissionTimeout,
                    TcpOptions.Default.RetransmissionTimeout + Seconds(121)
                );

                // The server's endpoint is blackholed too, and gets no error.
                server.Reader.Exception.ShouldBeNull();
                server.Writer.Write("anybody?"u8);
                (await server.Reader.LossAsync()).ShouldBe(ConnectionErrorKind.TimedOut);
            },
            By(Fault.SilentDrop().AfterBytes(5))
        );
    }

    [Fact]
    public void After_a_silent_drop_who_only_reads_waits_for_ever()
    {
        SimulatedWorld world = new(1, By(Fault.SilentDrop().AfterBytes(5)));
        RunResult result = world.Run(
            async () =>
            {
                TaskCompletionSource over = new();
                await world
                    .Host("server")
                    .StartServerAsync(
                        async (reader, _) =>
                        {
                            Talk.Text(await reader.ReadToEndAsync()).ShouldBe("hello");
                            over.SetResult();
                        },
                        port: 80
                    );
                Connection client = await world.Host("client").OpenConnectionAsync("server", 80);
                client.Writer.Write("hello"u8);
                client.Writer.Close();
                await over.Task;
            },
            World.Limits
        );
        result.Outcome.ShouldBe(RunOutcome.Deadlocked);
    }

    [Fact]
    public void What_is_sent_after_a_silent_drop_is_lost_also_where_a_link_would_hold_it()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                SimulatedLink there = world.Link(world.Host("client"), world.Host("server"));
                there.Hold();
                client.Writer.Write(Hello);
                there.Heal();
                Talk.Text(await server.Reader.ReadExactlyAsync(5)).ShouldBe("hello");
                await Task.Delay(Seconds(5000), world.TimeProvider);
                server.Reader.Buffered.ShouldBe(0);
            },
            By(Fault.SilentDrop().AfterBytes(5))
        );
    }

    [Fact]
    [ShowsFault(FaultKind.HalfOpen, FaultIs.On)]
    public void A_half_open_peer_has_lost_the_connection_and_who_sends_is_told_only_when_it_sends_again()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                client.Writer.Write("hello"u8);
                (await server.Reader.LossAsync()).ShouldBe(ConnectionErrorKind.Reset);
                Talk.Text(server.Reader.TakeBuffered()).ShouldBe("hello");

                await Task.Delay(TimeSpan.FromDays(1), world.TimeProvider);
                client.Reader.Exception.ShouldBeNull();
                client.Writer.Write(" world"u8);
                TimeSpan sent = world.Scheduler.Now;
                (await client.Reader.LossAsync()).ShouldBe(ConnectionErrorKind.Reset);
                (world.Scheduler.Now - sent).ShouldBeLessThan(Soon);
            },
            By(Fault.HalfOpen().AfterBytes(5))
        );
    }

    /// <summary>How a connection is lost, whatever it had received before.</summary>
    private static async Task<ConnectionErrorKind> LostAsync(Connection connection) =>
        (await Talk.FailureOfAsync<ConnectionException>(connection.Writer.WaitClosedAsync().AsTask())).Kind;
}
