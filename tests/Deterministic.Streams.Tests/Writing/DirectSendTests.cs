using Deterministic.Core;

namespace Deterministic.Streams.Tests;

/// <summary>What another thread does while a write is being sent straight from the caller's memory.</summary>
public class DirectSendTests
{
    private readonly Wire _wire = new();

    public DirectSendTests()
    {
        _wire.Transport.ForgetCalls();
        _wire.Transport.Limit(1);
    }

    [Fact]
    public void A_close_made_meanwhile_flushes_the_rest()
    {
        _wire.Transport.DuringTrySend = _wire.Writer.Close;
        _wire.Write("abc");
        _wire.Transport.Calls.ShouldBe("try[3] send[2]");
        _wire.Transport.Accept(9);
        _wire.Transport.Sent.ShouldBe("abc");
        _wire.Transport.Calls.ShouldBe("try[3] send[2] close");
    }

    [Fact]
    public void A_close_made_meanwhile_goes_on_if_that_was_all()
    {
        _wire.Transport.DuringTrySend = _wire.Writer.Close;
        _wire.Write("a");
        _wire.Transport.Calls.ShouldBe("try[1] close");
        _wire.WaitClosedAsync().Now();
    }

    [Fact]
    public void A_failure_is_told_though_a_close_was_made_meanwhile()
    {
        _wire.Transport.FailSend(Wire.Reset);
        _wire.Transport.DuringTrySend = _wire.Writer.Close;
        _wire.Write("abc");
        _wire.WaitClosedAsync().Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        _wire.Transport.Calls.ShouldBe("try[3] abort");
    }

    [Fact]
    public void An_abort_made_meanwhile_drops_the_rest()
    {
        _wire.Transport.DuringTrySend = _wire.Writer.Abort;
        _wire.Write("abc");
        _wire.Transport.Calls.ShouldBe("try[3] abort");
        _wire.Writer.Buffered.ShouldBe(0);
        _wire.WaitClosedAsync().Now();
    }

    [Fact]
    public void A_failure_after_an_abort_made_meanwhile_is_no_error()
    {
        _wire.Transport.FailSend(Wire.Reset);
        _wire.Transport.DuringTrySend = _wire.Writer.Abort;
        _wire.Write("abc");
        _wire.WaitClosedAsync().Now();
    }

    [Fact]
    public void The_end_written_meanwhile_follows_the_rest()
    {
        _wire.Transport.DuringTrySend = _wire.Writer.WriteEof;
        _wire.Write("abc");
        _wire.Transport.Calls.ShouldBe("try[3] send[2]");
        _wire.Transport.Accept(9);
        _wire.Transport.Calls.ShouldBe("try[3] send[2] shutdown");
    }

    [Fact]
    public void The_end_written_meanwhile_is_told_though_that_was_all()
    {
        _wire.Transport.DuringTrySend = _wire.Writer.WriteEof;
        _wire.Write("a");
        _wire.Transport.Calls.ShouldBe("try[1] shutdown");
    }

    [Fact]
    public void Bytes_that_arrive_meanwhile_are_received()
    {
        _wire.Transport.DuringTrySend = () => _wire.Transport.Arrive("reply");
        Task<byte[]> read = _wire.ReadAsync(9);
        _wire.Write("abc");
        read.Text().ShouldBe("reply");
    }

    [Fact]
    public void A_connection_lost_meanwhile_drops_the_rest()
    {
        _wire.Transport.DuringTrySend = () => _wire.Transport.ArriveError(Wire.Reset);
        _wire.Write("abc");
        _wire.Writer.Buffered.ShouldBe(0);
        _wire.WaitClosedAsync().Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        _wire.Transport.Calls.ShouldBe("try[3] abort");
    }
}
