using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

/// <summary>Connections over TLS that end without close_notify, or with a record that is not what was sent.</summary>
public sealed class TlsLossTests
{
    [Clause("W-HALF-03")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stream_that_is_cut_off_is_an_error_of_its_own(bool midRecord)
    {
        TlsPair pair = TlsPair.Secured();
        pair.Server.Writer.Write("half of it"u8);
        pair.Queue.Run();
        if (midRecord)
        {
            // The header of a record that never comes.
            byte[] header = [23, 3, 3, 1, 0];
            pair.ServerWire.TrySend(header);
        }

        pair.ClientWire.EndWith(TransportResult.EndOfFile);
        ConnectionException error = pair.Error(
            pair.Client.Reader.ReadToEndAsync().AsTask(),
            ConnectionErrorKind.Truncated
        );
        error.Message.ShouldContain("close_notify");
        pair.Client.Reader.AtEof.ShouldBeFalse();
        pair.Client.Reader.TakeBuffered().ShouldBe(Bytes.Of("half of it"));
        pair.Error(pair.Client.Writer.WaitClosedAsync(), ConnectionErrorKind.Truncated).ShouldBeSameAs(error);
        pair.Error(pair.Client.Writer.DrainAsync(), ConnectionErrorKind.Truncated).ShouldBeSameAs(error);
        pair.Time.Set.ShouldBe(0);
    }

    [Clause("W-HALF-03")]
    [Fact]
    public void A_close_notify_that_comes_together_with_the_end_is_no_truncation()
    {
        TlsPair pair = TlsPair.Secured();
        // More than the reader takes: what follows waits below it, together with the end of file.
        byte[] data = new byte[(2 * pair.Client.Reader.Limit) + 1];
        pair.Server.Writer.Write(data);
        pair.Queue.Run();
        pair.Server.Writer.Close();
        pair.Queue.Run();
        pair.ClientWire.EndWith(TransportResult.EndOfFile);
        pair.Now(pair.Client.Reader.ReadToEndAsync()).ShouldBe(data);
        pair.Now(pair.Client.Writer.WaitClosedAsync());
    }

    [Fact]
    public void A_record_that_was_tampered_with_breaks_the_connection()
    {
        TlsPair pair = TlsPair.Secured();
        Task reading = pair.Client.Reader.ReadAsync().AsTask();
        int count = 0;
        pair.ServerWire.Tamper = value => ++count == 10 ? (byte)~value : value;
        pair.Server.Writer.Write("secret"u8);
        ConnectionException error = pair.Error(reading, ConnectionErrorKind.TlsFailed);
        error.InnerException.ShouldNotBeNull();
        pair.Error(pair.Client.Writer.WaitClosedAsync(), ConnectionErrorKind.TlsFailed).ShouldBeSameAs(error);
    }

    [Clause("W-LOST-02")]
    [Fact]
    public void Writes_after_a_loss_are_dropped_silently()
    {
        TlsPair pair = TlsPair.Secured();
        pair.Server.Abort();
        pair.Queue.Run();
        for (int i = 0; i < 10; i++)
        {
            pair.Client.Writer.Write("dropped"u8);
        }

        pair.Client.Writer.IsClosing.ShouldBeTrue();
        pair.Error(pair.Client.Writer.DrainAsync(), ConnectionErrorKind.Reset);
        pair.ShouldBeGone();
    }
}
