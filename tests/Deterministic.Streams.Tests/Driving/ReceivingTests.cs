using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public class ReceivingTests
{
    [Clause("P-01")]
    [Documented("StreamWriter(transport)")]
    [Fact]
    public void A_connection_receives_from_the_start()
    {
        Wire wire = new();
        wire.Transport.Calls.ShouldBe("receive");
    }

    [Theory]
    [InlineData(0, 4096)]
    [InlineData(16_384, 16_384)]
    public void A_receive_has_as_much_memory_as_the_transport_needs(int smallest, int memory)
    {
        Wire wire = new(transport: new ScriptedTransport { Smallest = smallest });
        wire.Transport.ReceivingInto.ShouldBe(memory);
    }

    [Clause("P-10")]
    [Fact]
    public void What_the_transport_has_at_hand_is_received_without_waiting()
    {
        ScriptedTransport transport = new();
        transport.Arrive("abc");
        transport.Arrive("def");
        Wire wire = new(transport: transport);
        wire.Reader.Buffered.ShouldBe(6);
        transport.Calls.ShouldBe("receive receive receive");
    }

    [Clause("R-FEED-03", "R-RES-01")]
    [Fact]
    public void Receiving_pauses_above_twice_the_limit_and_resumes_at_the_limit()
    {
        Wire wire = new(limit: 2);
        wire.Transport.Arrive("abcd");
        wire.Transport.IsReceiving.ShouldBeTrue();
        wire.Transport.Arrive("e");
        wire.Transport.IsReceiving.ShouldBeFalse();
        wire.ReadAsync(2).Text().ShouldBe("ab");
        wire.Transport.IsReceiving.ShouldBeFalse();
        wire.ReadAsync(1).Text().ShouldBe("c");
        wire.Transport.IsReceiving.ShouldBeTrue();
    }

    [Fact]
    public void A_read_that_must_wait_resumes_and_gets_what_the_transport_has_at_hand_at_once()
    {
        Wire wire = new(limit: 1);
        wire.Transport.Arrive("abc");
        wire.Transport.Arrive("def");
        wire.Reader.Buffered.ShouldBe(3);
        Task<byte[]> read = wire.Reader.ReadExactlyAsync(6).AsTask();
        read.Text().ShouldBe("abcdef");
        wire.Transport.ScheduledCount.ShouldBe(0, "nobody awaited it yet, so there was no stack to protect");
    }

    [Fact]
    public void A_read_that_resumes_may_also_bring_the_end()
    {
        Wire wire = new(limit: 1);
        wire.Transport.Arrive("abc");
        wire.Transport.ArriveEof();
        wire.Reader.ReadToEndAsync().AsTask().Text().ShouldBe("abc");
        wire.Reader.AtEof.ShouldBeTrue();
    }

    [Clause("P-11", "W-HALF-01")]
    [Fact]
    public void After_the_peers_end_nothing_more_is_received()
    {
        Wire wire = new();
        wire.Transport.ArriveEof();
        wire.Transport.ForgetCalls();
        wire.ReadAsync().Text().ShouldBe("");
        wire.Write("reply");
        wire.Transport.Calls.ShouldBe("try[5]");
    }

    [Clause("W-LOST-05", "P-12")]
    [Fact]
    public void A_failed_receive_resets_the_connection_and_is_told_to_all_who_wait()
    {
        Wire wire = Wire.Blocked(queued: 20);
        Task drain = wire.DrainAsync();
        Task closed = wire.WaitClosedAsync();
        Task<byte[]> read = wire.ReadAsync();
        wire.Transport.ForgetCalls();
        wire.Transport.ArriveError(Wire.Reset);
        wire.Transport.Calls.ShouldBe("abort");
        Task[] all = [drain, closed, read];
        foreach (Task one in all)
        {
            one.Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        }

        wire.Writer.IsClosing.ShouldBeTrue();
        wire.Writer.Buffered.ShouldBe(0);
        wire.DrainAsync().Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        wire.WaitClosedAsync().Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        wire.Transport.RunScheduled();
    }

    [Fact]
    public void A_result_that_was_never_asked_for_is_refused()
    {
        Wire wire = new();
        wire.Transport.Arrive("abc");
        Should.Throw<InvalidOperationException>(wire.Transport.ReportSend).Message.ShouldContain("No send was begun");
        wire.Transport.ArriveEof();
        Should
            .Throw<InvalidOperationException>(wire.Transport.ReportReceive)
            .Message.ShouldContain("No receive was begun");
        wire.ReadAsync().Text().ShouldBe("abc");
    }

    [Clause("P-10")]
    [Fact]
    public void A_result_that_comes_before_the_connection_is_refused() =>
        Should
            .Throw<InvalidOperationException>(new ScriptedTransport().ReportReceive)
            .Message.ShouldContain("No connection is attached");

    [Clause("R-TRN-01", "P-01")]
    [Documented("StreamReader.set_transport(transport)")]
    [Fact]
    public void One_transport_carries_one_connection()
    {
        ScriptedTransport transport = new();
        Connection.Attach(transport);
        Should
            .Throw<InvalidOperationException>(() => Connection.Attach(transport))
            .Message.ShouldContain("already carries a connection");
    }
}
