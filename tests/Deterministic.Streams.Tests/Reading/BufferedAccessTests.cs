namespace Deterministic.Streams.Tests;

public class BufferedAccessTests
{
    [Fact]
    public void What_is_buffered_is_counted_and_seen_without_being_taken()
    {
        Wire wire = new(limit: 7);
        wire.Reader.Limit.ShouldBe(7);
        wire.Reader.Buffered.ShouldBe(0);
        wire.Transport.Arrive("abc");
        wire.Reader.Buffered.ShouldBe(3);
        byte[] seen = wire.Reader.PeekBuffered();
        seen.ShouldBe(Bytes.Of("abc"));
        seen[0] = 0;
        wire.Reader.TakeBuffered().ShouldBe(Bytes.Of("abc"));
        wire.Reader.TakeBuffered().ShouldBeEmpty();
    }

    [Clause("R-EOF-02", "P-11", "W-HALF-01")]
    [Fact]
    public void The_end_and_the_error_show()
    {
        Wire wire = new();
        wire.Reader.AtEof.ShouldBeFalse();
        wire.Reader.Exception.ShouldBeNull();
        wire.Transport.Arrive("a");
        wire.Transport.ArriveEof();
        wire.Reader.AtEof.ShouldBeFalse();
        wire.ReadAsync(1).Text().ShouldBe("a");
        wire.Reader.AtEof.ShouldBeTrue();
        wire.Writer.IsClosing.ShouldBeFalse("the peer ended its half only");
    }

    [Fact]
    public void Taking_all_lets_a_paused_transport_receive_again()
    {
        Wire wire = new(limit: 1);
        wire.Transport.Arrive("abc");
        wire.Transport.IsReceiving.ShouldBeFalse();
        wire.Reader.TakeBuffered().Length.ShouldBe(3);
        wire.Transport.IsReceiving.ShouldBeTrue();
    }
}
