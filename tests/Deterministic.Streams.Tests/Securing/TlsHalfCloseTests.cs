using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

public sealed class TlsHalfCloseTests
{
    [Clause("W-EOF-01")]
    [Fact]
    public void Without_it_one_half_cannot_be_ended_alone()
    {
        TlsPair pair = TlsPair.Secured();
        pair.Client.Writer.CanWriteEof.ShouldBeFalse();
        Should.Throw<NotSupportedException>(pair.Client.Writer.WriteEof);
        pair.ShouldCarry();
    }

    [Clause("W-EOF-01")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void With_it_either_half_ends_while_the_other_goes_on(bool clientFirst)
    {
        TlsPair pair = TlsPair.HalfClosing();
        (Connection first, Connection second) = clientFirst ? (pair.Client, pair.Server) : (pair.Server, pair.Client);
        first.Writer.CanWriteEof.ShouldBeTrue();
        first.Writer.Write("done"u8);
        first.Writer.WriteEof();
        pair.Now(second.Reader.ReadToEndAsync()).ShouldBe(Bytes.Of("done"));
        second.Writer.IsClosing.ShouldBeFalse();
        byte[] answer = new byte[200_000];
        second.Writer.Write(answer);
        second.Writer.WriteEof();
        pair.Now(first.Reader.ReadToEndAsync()).ShouldBe(answer);
        first.Writer.Close();
        second.Writer.Close();
        pair.Now(first.Writer.WaitClosedAsync());
        pair.Now(second.Writer.WaitClosedAsync());
        pair.ShouldBeGone();
    }

    [Fact]
    public void A_close_while_the_end_of_our_half_is_being_sent_waits_for_it()
    {
        TlsPair pair = TlsPair.HalfClosing();
        pair.ServerWire.Window = 0;
        pair.Client.Writer.WriteEof();
        pair.Client.Writer.Close();
        Task closed = pair.Client.Writer.WaitClosedAsync().AsTask();
        pair.Queue.Run();
        closed.ShouldWait();
        pair.ServerWire.Window = 1000;
        pair.Queue.Add(pair.ClientWire.Advance);
        pair.Now(pair.Server.Reader.ReadToEndAsync()).ShouldBeEmpty();
        pair.Server.Writer.Close();
        pair.Now(closed);
        pair.ShouldBeGone();
    }

    [Fact]
    public void An_end_that_cannot_be_told_is_a_loss()
    {
        TlsPair pair = TlsPair.HalfClosing();
        pair.ServerWire.Window = 0;
        pair.Client.Writer.WriteEof();
        pair.Queue.Run();
        pair.ClientWire.EndWith(TransportResult.Failed(new ConnectionException(ConnectionErrorKind.Reset, "reset")));
        pair.Error(pair.Client.Writer.WaitClosedAsync(), ConnectionErrorKind.Reset);
    }
}
