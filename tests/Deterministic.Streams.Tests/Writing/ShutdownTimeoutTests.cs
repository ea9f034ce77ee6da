using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

/// <summary>A close that makes no progress is given up.</summary>
[Clause("W-CLOSE-06")]
public sealed class ShutdownTimeoutTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private readonly ScriptedTime _time = new();

    [Theory]
    [InlineData(null, 30)]
    [InlineData(5, 5)]
    public void A_close_that_the_peer_does_not_take_is_aborted_in_time_and_every_wait_gets_the_error(
        int? given,
        int seconds
    )
    {
        ScriptedTransport transport = new() { Time = _time };
        Connection connection = Attach(
            transport,
            given is { } value ? new() { ShutdownTimeout = TimeSpan.FromSeconds(value) } : new()
        );
        transport.Limit(0);
        connection.Writer.Write(new byte[100_000]);
        Task drain = connection.Writer.DrainAsync().AsTask();
        Task<byte[]> read = connection.Reader.ReadAsync().AsTask();
        _time.TimersSet.ShouldBe(0, "nothing is closed yet");
        connection.Writer.Close();
        Task closed = connection.Writer.WaitClosedAsync().AsTask();
        _time.Pass(TimeSpan.FromSeconds(seconds) - Tick);
        transport.RunScheduled();
        closed.ShouldWait();
        connection.Writer.Buffered.ShouldBe(100_000);
        _time.Pass(Tick);
        connection.Writer.Buffered.ShouldBe(0, "the memory is let go");
        transport.Calls.ShouldEndWith("abort");
        transport.RunScheduled();
        ConnectionException error = closed.Error<ConnectionException>();
        error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
        error.Message.ShouldContain(TimeSpan.FromSeconds(seconds).ToString("c"));
        error.Message.ShouldContain("100000 bytes");
        drain.Error<ConnectionException>().ShouldBeSameAs(error);
        read.Error<ConnectionException>().ShouldBeSameAs(error);
        _time.TimersSet.ShouldBe(0);
    }

    [Fact]
    public void A_peer_that_goes_on_taking_bytes_is_waited_for_and_given_up_once_it_stops()
    {
        ScriptedTransport transport = new() { Time = _time };
        Connection connection = Attach(transport, new() { ShutdownTimeout = TimeSpan.FromSeconds(10) });
        transport.Limit(0);
        connection.Writer.Write(new byte[100]);
        connection.Writer.Close();
        Task closed = connection.Writer.WaitClosedAsync().AsTask();
        for (int taken = 0; taken < 10; taken++)
        {
            _time.Pass(TimeSpan.FromSeconds(10) - Tick);
            transport.Accept(1);
            closed.ShouldWait();
        }

        _time.Pass(TimeSpan.FromSeconds(10) - Tick);
        closed.ShouldWait();
        _time.Pass(Tick);
        transport.RunScheduled();
        closed.Error<ConnectionException>().Message.ShouldContain("90 bytes");
    }

    [Fact]
    public void A_close_that_is_done_in_time_is_no_error_and_leaves_no_timer()
    {
        ScriptedTransport transport = new() { Time = _time };
        Connection connection = Attach(transport, new());
        transport.Limit(0);
        connection.Writer.Write("abc"u8);
        connection.Writer.Close();
        _time.TimersSet.ShouldBe(1);
        transport.Accept(3);
        connection.Writer.WaitClosedAsync().AsTask().Now();
        _time.TimersSet.ShouldBe(0);
        _time.Pass(TimeSpan.FromDays(1));
        transport.Sent.ShouldBe("abc");
        transport.Calls.ShouldEndWith("close");
    }

    [Fact]
    public void An_abort_and_a_loss_leave_no_timer()
    {
        foreach (bool abort in new[] { true, false })
        {
            ScriptedTransport transport = new() { Time = _time };
            Connection connection = Attach(transport, new());
            transport.Limit(0);
            connection.Writer.Write("abc"u8);
            connection.Writer.Close();
            if (abort)
            {
                connection.Abort();
            }
            else
            {
                transport.FailSend(Wire.Reset);
            }

            _time.TimersSet.ShouldBe(0);
        }
    }

    [Fact]
    public void A_close_with_nothing_queued_needs_no_timer()
    {
        Connection connection = Attach(new ScriptedTransport { Time = _time }, new());
        connection.Writer.Close();
        connection.Writer.WaitClosedAsync().AsTask().Now();
        _time.TimersSet.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_a_bound_a_close_takes_as_long_as_the_peer_likes(bool infinite)
    {
        ScriptedTransport transport = new() { Time = _time };
        ConnectionOptions options = new() { ShutdownTimeout = infinite ? Timeout.InfiniteTimeSpan : null };
        options.ShutdownTimeout.ShouldBeNull();
        Connection connection = Attach(transport, options);
        transport.Limit(0);
        connection.Writer.Write("abc"u8);
        connection.Writer.Close();
        _time.TimersSet.ShouldBe(0);
        _time.Pass(TimeSpan.FromDays(100));
        transport.Accept(3);
        connection.Writer.WaitClosedAsync().AsTask().Now();
    }

    [Fact]
    public void A_transport_that_does_not_get_done_with_closing_is_given_up_as_well()
    {
        ScriptedTransport transport = new() { Time = _time, CloseResult = TransportResult.Pending };
        Connection connection = Attach(transport, new());
        connection.Writer.Close();
        Task closed = connection.Writer.WaitClosedAsync().AsTask();
        _time.Pass(TimeSpan.FromSeconds(30));
        transport.RunScheduled();
        closed.Error<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.TimedOut);
        transport.Calls.ShouldBe("receive close abort");
        transport.FinishClose(TransportResult.Done);
        _time.TimersSet.ShouldBe(0);
    }

    [Fact]
    public void A_close_that_lingers_has_the_bound_of_its_linger()
    {
        ScriptedTransport transport = new() { Time = _time, CloseResult = TransportResult.Pending };
        Connection connection = Attach(transport, new() { Linger = TimeSpan.FromHours(1) });
        transport.Limit(0);
        connection.Writer.Write("abc"u8);
        connection.Writer.Close();
        _time.TimersSet.ShouldBe(1, "the queue is bounded");
        transport.Accept(3);
        _time.TimersSet.ShouldBe(0, "the linger is the transport's");
        Task closed = connection.Writer.WaitClosedAsync().AsTask();
        _time.Pass(TimeSpan.FromMinutes(59));
        closed.ShouldWait();
        transport.FinishClose(TransportResult.Done);
        closed.Now();
    }

    [Fact]
    public void A_close_that_the_peers_end_brings_about_is_bounded_too()
    {
        ScriptedTransport transport = new() { Time = _time, ClosesAtEnd = true };
        Connection connection = Attach(transport, new());
        transport.Limit(0);
        connection.Writer.Write("abc"u8);
        transport.ArriveEof();
        Task closed = connection.Writer.WaitClosedAsync().AsTask();
        _time.Pass(TimeSpan.FromSeconds(30));
        transport.RunScheduled();
        closed.Error<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.TimedOut);
    }

    [Fact]
    public void Disposing_ends_with_the_bound_and_throws_nothing()
    {
        ScriptedTransport transport = new() { Time = _time };
        Connection connection = Attach(transport, new());
        transport.Limit(0);
        connection.Writer.Write("abc"u8);
        Task disposed = connection.DisposeAsync().AsTask();
        disposed.ShouldWait();
        _time.Pass(TimeSpan.FromSeconds(30));
        transport.RunScheduled();
        disposed.Now();
    }

    [Fact]
    public void A_server_reports_whom_it_gives_up_after_the_handler_has_returned()
    {
        Shop shop = new(connection =>
        {
            connection.Writer.Write(new byte[1000]);
            return Task.CompletedTask;
        });
        ScriptedTransport transport = new() { Time = _time };
        transport.Limit(0);
        shop.Listeners[0].Accept(transport);
        shop.RunScheduled();
        shop.Server.ConnectionCount.ShouldBe(1);
        _time.Pass(TimeSpan.FromSeconds(30));
        transport.RunScheduled();
        shop.Errors.ShouldHaveSingleItem()
            .ShouldBeOfType<ConnectionException>()
            .Kind.ShouldBe(ConnectionErrorKind.TimedOut);
        shop.Server.FailureCount.ShouldBe(1);
        shop.Server.ConnectionCount.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_time_of_nothing_is_refused_where_it_is_set(int seconds) =>
        Should
            .Throw<ArgumentOutOfRangeException>(() =>
                new ConnectionOptions { ShutdownTimeout = TimeSpan.FromSeconds(seconds) }
            )
            .Message.ShouldContain("Timeout.InfiniteTimeSpan");

    private static Connection Attach(ScriptedTransport transport, ConnectionOptions options)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        return Connection.Attach(transport, options);
    }
}
