using System.Buffers;
using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

public class WriteEofTests
{
    [Fact]
    public void With_nothing_queued_the_end_is_told_at_once_and_once()
    {
        Wire wire = new();
        wire.Transport.ForgetCalls();
        wire.Writer.WriteEof();
        wire.Writer.WriteEof();
        wire.Transport.Calls.ShouldBe("shutdown");
        wire.Writer.IsClosing.ShouldBeFalse();
        wire.DrainAsync().Now();
    }

    [Clause("W-EOF-02", "W-EOF-05")]
    [Fact]
    public void The_end_is_told_after_the_last_byte_and_reading_goes_on()
    {
        Wire wire = Wire.Blocked(queued: 3);
        wire.Writer.WriteEof();
        wire.Transport.Calls.ShouldNotContain("shutdown");
        wire.Transport.Accept(3);
        wire.Transport.Calls.ShouldEndWith("send[3] shutdown");
        wire.Transport.Arrive("reply");
        wire.ReadAsync(9).Text().ShouldBe("reply");
    }

    [Fact]
    public void Writing_after_the_end_is_refused_even_if_it_is_nothing()
    {
        Wire wire = new();
        wire.Writer.WriteEof();
        Action[] writes =
        [
            () => wire.Write("a"),
            () => wire.Write(""),
            () => wire.Writer.Write(Bytes.Sequence("a", "b")),
            () => wire.Writer.Write(ReadOnlySequence<byte>.Empty),
        ];
        foreach (Action write in writes)
        {
            Should.Throw<InvalidOperationException>(write).Message.ShouldContain("after WriteEof");
        }

        wire.Writer.Close();
        Should.Throw<InvalidOperationException>(() => wire.Write("a"));
    }

    [Fact]
    public void After_a_close_it_does_nothing()
    {
        Wire wire = new();
        wire.Writer.Close();
        wire.Writer.WriteEof();
        wire.Transport.Calls.ShouldNotContain("shutdown");
        wire.Write("still no error");
    }

    [Clause("W-EOF-01")]
    [Fact]
    public void Where_a_half_cannot_be_ended_alone_it_is_refused()
    {
        Wire wire = new(transport: new ScriptedTransport { CanEnd = false });
        wire.Writer.CanWriteEof.ShouldBeFalse();
        Should.Throw<NotSupportedException>(wire.Writer.WriteEof).Message.ShouldContain("CanWriteEof");
        wire.Write("still open");
        wire.Transport.Sent.ShouldBe("still open");
        new Wire().Writer.CanWriteEof.ShouldBeTrue();
    }

    [Fact]
    public void A_transport_may_take_its_time_to_tell_it()
    {
        Wire wire = new();
        wire.Transport.ShutdownResult = TransportResult.Pending;
        wire.Writer.WriteEof();
        wire.Transport.FinishShutdown(TransportResult.Done);
        wire.Writer.IsClosing.ShouldBeFalse();
        wire.Writer.Close();
        wire.Transport.Calls.ShouldBe("receive shutdown close");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Failing_to_tell_it_loses_the_connection(bool pending)
    {
        Wire wire = new();
        TransportResult failed = TransportResult.Failed(Wire.Reset);
        wire.Transport.ShutdownResult = pending ? TransportResult.Pending : failed;
        Task closed = wire.WaitClosedAsync();
        wire.Writer.WriteEof();
        if (pending)
        {
            closed.ShouldWait();
            wire.Transport.FinishShutdown(failed);
        }

        wire.Transport.RunScheduled();
        closed.Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        wire.Transport.Calls.ShouldBe("receive shutdown abort");
    }

    [Fact]
    public void Write_end_and_close_flushes_everything()
    {
        Wire wire = Wire.Blocked(queued: 3);
        wire.Writer.WriteEof();
        wire.Writer.Close();
        wire.Transport.Accept(9);
        wire.Transport.Sent.ShouldBe("xxx");
        wire.Transport.Calls.ShouldEndWith("send[3] close");
    }
}
