using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of closing on a decorated network. Each strikes behind "hello".</summary>
public sealed class DecoratedCloseTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [ShowsDecoratedFault(FaultKind.FinEarly)]
    public void An_early_FIN_ends_both_directions_and_who_sends_more_is_reset(bool outgoing)
    {
        Behind(
            Fault.FinEarly(),
            outgoing,
            async (world, from, to) =>
            {
                (await to.Reader.ReadToEndAsync()).ShouldBeEmpty();
                (await from.Reader.ReadToEndAsync()).ShouldBeEmpty();
                from.Writer.Write("more"u8);
                await world.SleepAsync(1);
                from.Writer.Write("again"u8);
                (await LostAsync(from)).ShouldBe(ConnectionErrorKind.BrokenPipe);
                to.Writer.Write("more"u8);
                await world.SleepAsync(1);
                to.Writer.Write("again"u8);
                (await LostAsync(to)).ShouldBe(ConnectionErrorKind.BrokenPipe);
            }
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [ShowsDecoratedFault(FaultKind.HalfClose)]
    public void A_half_close_ends_one_direction_and_leaves_the_other_and_who_sends_more_is_reset(bool outgoing)
    {
        Behind(
            Fault.HalfClose(),
            outgoing,
            async (_, from, to) =>
            {
                (await to.Reader.ReadToEndAsync()).ShouldBeEmpty();
                to.Writer.Write("back"u8);
                Talk.Text(await from.Reader.ReadExactlyAsync(4)).ShouldBe("back");
                from.Writer.Write(" world"u8);
                (await LostAsync(from)).ShouldBe(ConnectionErrorKind.Reset);
            }
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [ShowsDecoratedFault(FaultKind.SlowClose)]
    public void A_slow_close_makes_the_end_late_and_not_what_is_before_it(bool outgoing)
    {
        foreach (bool closes in new[] { false, true })
        {
            Decorated.Between(
                async (world, client, server) =>
                {
                    (Connection from, Connection to) = outgoing ? (client, server) : (server, client);
                    (await TravelAsync(world, from, to)).ShouldBeLessThan(Soon);
                    TimeSpan start = world.Scheduler.Now;
                    if (closes)
                    {
                        from.Writer.Close();
                        await from.Writer.WaitClosedAsync();
                        (world.Scheduler.Now - start).ShouldBeLessThan(Soon);
                    }
                    else
                    {
                        from.Writer.WriteEof();
                    }

                    (await to.Reader.ReadToEndAsync()).ShouldBeEmpty();
                    (world.Scheduler.Now - start).ShouldBeInRange(Seconds(5), Seconds(9) + Soon);
                },
                Fault.SlowClose(Seconds(5), Seconds(9)).Going(outgoing)
            );
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [ShowsDecoratedFault(FaultKind.Reset)]
    public void A_reset_breaks_both_ends_behind_what_was_sent(bool outgoing)
    {
        Behind(
            Fault.Reset(),
            outgoing,
            async (_, from, to) =>
            {
                (await from.Reader.LossAsync()).ShouldBe(ConnectionErrorKind.Reset);
                (await to.Reader.LossAsync()).ShouldBe(ConnectionErrorKind.Reset);
            }
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [ShowsDecoratedFault(FaultKind.SilentDrop)]
    public void After_a_silent_drop_nothing_gets_through_and_who_sends_here_times_out(bool outgoing)
    {
        Behind(
            Fault.SilentDrop(),
            outgoing,
            async (world, from, to) =>
            {
                Connection here = outgoing ? from : to;
                Connection there = outgoing ? to : from;
                TimeSpan start = world.Scheduler.Now;
                here.Writer.Write("anybody?"u8);
                there.Writer.Write("hello?"u8);
                await world.SleepAsync(900);
                here.Reader.Exception.ShouldBeNull();
                here.Reader.TakeBuffered().ShouldBeEmpty();
                there.Reader.TakeBuffered().ShouldBeEmpty();
                (await here.Reader.LossAsync()).ShouldBe(ConnectionErrorKind.TimedOut);
                (world.Scheduler.Now - start).ShouldBe(TcpOptions.Default.RetransmissionTimeout);
            }
        );
    }

    [Fact]
    public void In_the_dark_a_sender_blocks_and_the_peer_is_not_told_of_a_close()
    {
        Behind(
            Fault.SilentDrop(),
            outgoing: true,
            async (world, from, to) =>
            {
                from.Writer.Write(new byte[1_000_000]);
                await world.SleepAsync(1);
                from.Writer.IsPaused.ShouldBeTrue();
                from.Writer.Abort();
                await from.Writer.WaitClosedAsync();
                await world.SleepAsync(600);
                to.Reader.Exception.ShouldBeNull();
                to.Reader.AtEof.ShouldBeFalse();

                // What is held here in its place is not held for ever.
                (await to.Reader.LossAsync()).ShouldBe(ConnectionErrorKind.Reset);
            }
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [ShowsDecoratedFault(FaultKind.HalfOpen)]
    public void A_half_open_peer_has_lost_the_connection_and_who_sends_is_told_only_when_it_sends_again(bool outgoing)
    {
        Behind(
            Fault.HalfOpen(),
            outgoing,
            async (world, from, to) =>
            {
                (await to.Reader.LossAsync()).ShouldBe(ConnectionErrorKind.Reset);
                await world.SleepAsync(600);
                from.Reader.Exception.ShouldBeNull();
                from.Writer.Write(" world"u8);
                (await from.Reader.LossAsync()).ShouldBe(ConnectionErrorKind.Reset);
            }
        );
    }

    [Theory]
    [InlineData("fin-early")]
    [InlineData("half-close")]
    [InlineData("reset")]
    [InlineData("half-open")]
    public void A_sender_that_waits_for_room_is_told_as_well(string fault)
    {
        Decorated.Between(
            async (_, client, _) =>
            {
                client.Writer.Write(new byte[1_000_000]);
                (await LostAsync(client)).ShouldBeOneOf(ConnectionErrorKind.Reset, ConnectionErrorKind.BrokenPipe);
            },
            FaultRule.Parse(fault).AfterBytes(200_000)
        );
    }

    [Theory]
    [InlineData("fin-early")]
    [InlineData("half-close")]
    [InlineData("reset")]
    [InlineData("silent-drop")]
    [InlineData("half-open")]
    public void Where_it_does_not_strike_a_conversation_goes_on_to_its_own_end(string fault)
    {
        Decorated.Between(
            async (_, client, server) =>
            {
                client.Writer.Write("hello world"u8);
                client.Writer.WriteEof();
                Talk.Text(await server.Reader.ReadToEndAsync()).ShouldBe("hello world");
                server.Writer.Write("back"u8);
                server.Writer.WriteEof();
                Talk.Text(await client.Reader.ReadToEndAsync()).ShouldBe("back");
            },
            FaultRule.Parse(fault).AfterBytes(5).On("server", "client")
        );
    }

    /// <summary>One end sends "hello", and the other has read it, when the fault strikes.</summary>
    private static void Behind(
        FaultRule rule,
        bool outgoing,
        Func<SimulatedWorld, Connection, Connection, Task> program
    ) =>
        Decorated.Between(
            async (world, client, server) =>
            {
                (Connection from, Connection to) = outgoing ? (client, server) : (server, client);
                from.Writer.Write("hello"u8);
                Talk.Text(await to.Reader.ReadExactlyAsync(5)).ShouldBe("hello");
                await program(world, from, to);
            },
            rule.AfterBytes(5).Going(outgoing)
        );

    /// <summary>How a connection is lost, whatever it had received before.</summary>
    private static async Task<ConnectionErrorKind> LostAsync(Connection connection) =>
        (await Talk.FailureOfAsync<ConnectionException>(connection.Writer.WaitClosedAsync().AsTask())).Kind;
}
