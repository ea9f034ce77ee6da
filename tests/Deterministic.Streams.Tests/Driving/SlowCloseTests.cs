using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

/// <summary>Transports that take their time to close, as TLS does.</summary>
public sealed class SlowCloseTests
{
    [Clause("W-ABORT-01")]
    [Fact]
    public void An_abort_reaches_a_transport_that_is_closing()
    {
        Wire wire = new(transport: new ScriptedTransport { CloseResult = TransportResult.Pending });
        wire.Writer.Close();
        Task closed = wire.WaitClosedAsync();
        wire.Transport.Calls.ShouldBe("receive close");
        wire.Connection.Abort();
        wire.Transport.Calls.ShouldBe("receive close abort");
        wire.Transport.RunScheduled();
        closed.Now();
        wire.Transport.FinishClose(TransportResult.Done);
        wire.Connection.Abort();
        wire.Transport.Calls.ShouldBe("receive close abort", "once each");
        wire.Reader.Exception.ShouldBeNull();
    }

    [Fact]
    public void A_transport_hears_of_a_close_before_the_queue_is_sent()
    {
        ScriptedTransport transport = new();
        Wire wire = new(transport: transport);
        transport.Limit(0);
        wire.Write("queued");
        transport.ForgetCalls();
        wire.Writer.Close();
        transport.ClosesBegun.ShouldBe(1);
        transport.Calls.ShouldBeEmpty("there is something to send yet");
        transport.Accept(100);
        transport.Calls.ShouldBe("close");
    }

    [Clause("W-HALF-03")]
    [Fact]
    public void A_transport_hears_that_a_close_is_begun_before_it_is_closed()
    {
        int begun = 0;
        ScriptedTransport? transport = null;
        transport = new ScriptedTransport { DuringClose = () => begun = transport!.ClosesBegun };
        new Wire(transport: transport).Writer.Close();
        begun.ShouldBe(1, "or an end that comes in between would be taken for a truncation");
    }

    [Clause("P-11", "W-HALF-02")]
    [Theory]
    [InlineData(true, "close")]
    [InlineData(false, "")]
    public void The_peers_end_closes_the_connection_where_the_transport_says_so(bool closes, string calls)
    {
        Wire wire = new(transport: new ScriptedTransport { ClosesAtEnd = closes });
        wire.Transport.Limit(0);
        wire.Write("queued");
        wire.Transport.ForgetCalls();
        wire.Transport.ArriveEof();
        wire.Writer.IsClosing.ShouldBe(closes);
        wire.ReadAsync().Now().ShouldBeEmpty();
        wire.Transport.Accept(100);
        wire.Transport.Calls.ShouldBe(calls);
        wire.Transport.Sent.ShouldBe("queued", "what is queued is still sent");
    }
}
