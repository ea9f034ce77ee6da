using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

public class CloseTests
{
    [Fact]
    public void With_nothing_queued_a_close_closes_at_once_and_once()
    {
        Wire wire = new();
        wire.Writer.IsClosing.ShouldBeFalse();
        wire.Writer.Close();
        wire.Writer.Close();
        wire.Writer.IsClosing.ShouldBeTrue();
        wire.Transport.Calls.ShouldBe("receive close");
        wire.WaitClosedAsync().Now();
    }

    [Clause("W-CLOSE-03")]
    [Fact]
    public void What_is_queued_is_flushed_first()
    {
        Wire wire = Wire.Blocked(queued: 5);
        Task closed = wire.WaitClosedAsync();
        wire.Writer.Close();
        wire.Writer.IsClosing.ShouldBeTrue();
        wire.Transport.Accept(4);
        closed.ShouldWait();
        wire.Transport.Accept(1);
        closed.Now();
        wire.Transport.Calls.ShouldEndWith("close");
        wire.Transport.Sent.ShouldBe("xxxxx");
    }

    [Fact]
    public void Reading_stops_at_once_but_what_had_arrived_stays_readable()
    {
        Wire wire = Wire.Blocked(queued: 5);
        wire.Transport.Arrive("ab");
        wire.Writer.Close();
        wire.Transport.Arrive("cd");
        wire.ReadAsync(9).Text().ShouldBe("ab");
        Task<byte[]> read = wire.ReadAsync(9);
        read.ShouldWait();
        wire.Transport.Accept(5);
        read.Text().ShouldBe("");
    }

    [Clause("W-WAIT-03")]
    [Fact]
    public void A_flush_that_fails_is_told()
    {
        Wire wire = Wire.Blocked(queued: 5);
        wire.Writer.Close();
        wire.Transport.FailSend(Wire.Reset);
        wire.WaitClosedAsync().Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        wire.Transport.Calls.ShouldEndWith("abort");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_close_that_finds_an_error_worth_telling_tells_it(bool pending)
    {
        Wire wire = new();
        TransportResult failed = TransportResult.Failed(Wire.Reset);
        wire.Transport.CloseResult = pending ? TransportResult.Pending : failed;
        wire.Writer.Close();
        if (pending)
        {
            wire.Transport.FinishClose(failed);
        }

        wire.WaitClosedAsync().Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        wire.ReadAsync().Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
    }

    [Fact]
    public void A_transport_may_take_its_time_to_close()
    {
        Wire wire = new();
        wire.Transport.CloseResult = TransportResult.Pending;
        Task closed = wire.WaitClosedAsync();
        Task<byte[]> read = wire.ReadAsync();
        wire.Writer.Close();
        wire.Transport.RunScheduled();
        closed.ShouldWait();
        read.ShouldWait();
        wire.Transport.FinishClose(TransportResult.Done);
        closed.Now();
        read.Text().ShouldBe("");
    }

    [Clause("W-ABORT-01")]
    [Fact]
    public void An_abort_drops_what_is_queued_and_is_no_error()
    {
        Wire wire = Wire.Blocked(queued: 5);
        wire.Transport.Arrive("ab");
        wire.Writer.Abort();
        wire.Writer.Abort();
        wire.Transport.RunScheduled();
        wire.Transport.Calls.ShouldEndWith("receive abort");
        wire.Writer.Buffered.ShouldBe(0);
        wire.Writer.IsClosing.ShouldBeTrue();
        wire.WaitClosedAsync().Now();
        wire.ReadAsync().Text().ShouldBe("ab");
        wire.ReadAsync().Text().ShouldBe("");
        wire.Reader.Exception.ShouldBeNull();
    }

    [Fact]
    public void An_abort_overtakes_a_close_that_still_flushes()
    {
        Wire wire = Wire.Blocked(queued: 5);
        wire.Writer.Close();
        wire.Connection.Abort();
        wire.Transport.Calls.ShouldEndWith("abort");
        wire.WaitClosedAsync().Now();
        wire.Transport.Sent.ShouldBe("");
    }

    [Fact]
    public void Results_that_come_after_the_close_change_nothing()
    {
        Wire wire = Wire.Blocked(queued: 5);
        wire.Writer.Abort();
        wire.Transport.RunScheduled().ShouldBe(2, "the receive and the send that the abort cut short");
        wire.WaitClosedAsync().Now();
        wire.Reader.AtEof.ShouldBeTrue();
    }
}
