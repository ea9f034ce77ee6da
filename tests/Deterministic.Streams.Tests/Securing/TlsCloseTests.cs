using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

public sealed class TlsCloseTests
{
    [Clause("W-TLS-01")]
    [Fact]
    public void A_close_flushes_and_waits_for_the_peers_shutdown()
    {
        TlsPair pair = TlsPair.Secured(server: TlsPair.ServerOptions with { AllowHalfClose = true });
        pair.Client.Writer.Write("last words"u8);
        pair.Client.Writer.Close();
        pair.Client.Writer.IsClosing.ShouldBeTrue();
        Task closed = pair.Client.Writer.WaitClosedAsync().AsTask();
        pair.Now(pair.Server.Reader.ReadToEndAsync()).ShouldBe(Bytes.Of("last words"));
        closed.ShouldWait();
        pair.Server.Writer.Close();
        pair.Now(closed);
        pair.Now(pair.Server.Writer.WaitClosedAsync());
        pair.Now(pair.Client.Reader.ReadAsync()).ShouldBeEmpty();
        pair.ShouldBeGone();
        pair.ClientWire.Gone.ShouldBe("close");
        pair.ServerWire.Gone.ShouldBe("close");
    }

    [Clause("W-TLS-01")]
    [Documented("StreamWriter.start_tls(ssl_shutdown_timeout)")]
    [Theory]
    [InlineData(30, null)]
    [InlineData(7, 7)]
    public void A_peer_that_does_not_answer_is_given_up_after_the_shutdown_time_out(int seconds, int? timeout)
    {
        TlsClientOptions options = timeout is { } given
            ? TlsPair.ClientOptions with
            {
                ShutdownTimeout = TimeSpan.FromSeconds(given),
            }
            : TlsPair.ClientOptions;
        TlsPair pair = TlsPair.Secured(options, TlsPair.ServerOptions with { AllowHalfClose = true });
        Task reading = pair.Client.Reader.ReadAsync().AsTask();
        pair.Client.Writer.Close();
        Task closed = pair.Client.Writer.WaitClosedAsync().AsTask();
        pair.Queue.Run();
        pair.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        closed.ShouldWait();
        reading.ShouldWait();
        pair.Advance(TimeSpan.FromTicks(1));
        ConnectionException error = pair.Error(closed, ConnectionErrorKind.TimedOut);
        error.Message.ShouldStartWith("TLS shutdown timed out");
        pair.Error(reading, ConnectionErrorKind.TimedOut).ShouldBeSameAs(error);
        pair.ClientWire.Gone.ShouldBe("abort");
        pair.Time.Set.ShouldBe(0);
    }

    [Fact]
    public void A_stream_says_that_the_peer_has_ended_it_and_not_that_this_side_has()
    {
        TlsPair pair = TlsPair.Secured();
        Stream ended = pair.Client.AsStream();
        pair.Server.Writer.Close();
        pair.Queue.Run();
        ConnectionException byPeer = pair.Error(ended.WriteAsync(new byte[1]).AsTask(), ConnectionErrorKind.BrokenPipe);
        byPeer.Message.ShouldStartWith("The peer has ended the stream");
        pair.Error(ended.WriteAsync(new byte[100_000]).AsTask(), ConnectionErrorKind.BrokenPipe);

        ConnectionException here = pair.Error(
            pair.Server.AsStream().WriteAsync(new byte[1]).AsTask(),
            ConnectionErrorKind.Aborted
        );
        here.Message.ShouldContain("Write before closing it");
    }

    [Clause("W-MAX-02", "S-FAIL-01")]
    [Fact]
    public void A_write_over_the_bound_is_reported_also_over_TLS()
    {
        TlsPair pair = new(
            server: new ServerOptions { MaxUnsentBytes = 10, UnsentOverflow = UnsentOverflow.AbortConnection }
        );
        List<ConnectionException> reported = [];
        pair.Server.LimitReached = reported.Add;
        (Task near, Task far) = pair.StartTls();
        pair.Now(near);
        pair.Now(far);
        pair.Server.Writer.Write(new byte[11]);
        pair.Queue.Run();
        reported.ShouldHaveSingleItem().Message.ShouldContain("MaxUnsentBytes");
        pair.ServerWire.Gone.ShouldBe("abort");
    }

    [Clause("W-TLS-01")]
    [Fact]
    public void The_time_out_bounds_the_flush_as_well()
    {
        TlsPair pair = TlsPair.Secured();
        pair.ServerWire.Window = 0;
        pair.Client.Writer.Write(new byte[100_000]);
        Task draining = pair.Client.Writer.DrainAsync().AsTask();
        pair.Client.Writer.Close();
        Task closed = pair.Client.Writer.WaitClosedAsync().AsTask();
        pair.Queue.Run();
        pair.Advance(TimeSpan.FromSeconds(29));
        closed.ShouldWait();
        pair.Advance(TimeSpan.FromSeconds(1));
        ConnectionException error = pair.Error(closed, ConnectionErrorKind.TimedOut);
        pair.Error(draining, ConnectionErrorKind.TimedOut).ShouldBeSameAs(error);
        pair.Time.Set.ShouldBe(0);
    }

    [Clause("W-TLS-02")]
    [Fact]
    public void Bytes_that_come_after_our_close_notify_are_dropped_and_no_error()
    {
        TlsPair pair = TlsPair.Secured(server: TlsPair.ServerOptions with { AllowHalfClose = true });
        Task<byte[]> reading = pair.Client.Reader.ReadToEndAsync().AsTask();
        pair.Client.Writer.Close();
        Task closed = pair.Client.Writer.WaitClosedAsync().AsTask();
        pair.Queue.Run();
        for (int i = 0; i < 20; i++)
        {
            pair.Server.Writer.Write(new byte[50_000]);
            pair.Queue.Run();
        }

        closed.ShouldWait();
        pair.Server.Writer.Close();
        pair.Now(closed);
        pair.Now(reading).ShouldBeEmpty();
        pair.Now(pair.Server.Writer.WaitClosedAsync());
    }

    [Clause("W-TLS-03", "W-LOST-02")]
    [Fact]
    public void A_second_close_is_harmless_and_so_is_what_comes_after_it()
    {
        TlsPair pair = TlsPair.Secured();
        pair.Client.Writer.Close();
        pair.Client.Writer.Close();
        pair.Client.Writer.Write("dropped"u8);
        pair.Now(pair.Client.Writer.WaitClosedAsync());
        pair.Client.Writer.Close();
        for (int i = 0; i < 10; i++)
        {
            pair.Client.Writer.Write("dropped"u8);
        }

        pair.Client.Writer.GetExtraInfo("cipher").ShouldNotBeNull();
        pair.Now(pair.Server.Reader.ReadToEndAsync()).ShouldBeEmpty();
        pair.Now(pair.Client.DisposeAsync());
        pair.ShouldBeGone();
    }

    [Fact]
    public void Both_sides_can_close_at_once()
    {
        TlsPair pair = TlsPair.Secured();
        pair.Client.Writer.Write("a"u8);
        pair.Server.Writer.Write("b"u8);
        pair.Client.Writer.Close();
        pair.Server.Writer.Close();
        pair.Now(pair.Client.Writer.WaitClosedAsync());
        pair.Now(pair.Server.Writer.WaitClosedAsync());
        pair.ShouldBeGone();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_peer_that_goes_away_after_our_close_notify_without_its_own_has_lost_us_nothing(bool inOrder)
    {
        TlsPair pair = TlsPair.Secured(server: TlsPair.ServerOptions with { AllowHalfClose = true });
        Task<byte[]> reading = pair.Client.Reader.ReadToEndAsync().AsTask();
        pair.Client.Writer.Write("all that is to be said"u8);
        pair.Client.Writer.Close();
        Task closed = pair.Client.Writer.WaitClosedAsync().AsTask();
        pair.Queue.Run();
        closed.ShouldWait();
        pair.ClientWire.EndWith(
            inOrder
                ? TransportResult.EndOfFile
                : TransportResult.Failed(new ConnectionException(ConnectionErrorKind.Reset, "reset"))
        );
        pair.Now(closed);
        pair.Now(reading).ShouldBeEmpty();
        pair.Time.Set.ShouldBe(0);
    }

    [Clause("W-ABORT-01")]
    [Fact]
    public void An_abort_cuts_a_close_short_that_waits_for_its_peer()
    {
        TlsPair pair = TlsPair.Secured(server: TlsPair.ServerOptions with { AllowHalfClose = true });
        pair.Client.Writer.Close();
        Task closed = pair.Client.Writer.WaitClosedAsync().AsTask();
        pair.Queue.Run();
        closed.ShouldWait();
        pair.Client.Abort();
        pair.Now(closed);
        pair.ClientWire.Gone.ShouldBe("abort");
        pair.Time.Set.ShouldBe(0);
    }

    [Clause("W-ABORT-01")]
    [Fact]
    public void An_abort_is_a_reset_for_the_peer()
    {
        TlsPair pair = TlsPair.Secured();
        Task reading = pair.Server.Reader.ReadAsync().AsTask();
        pair.Client.Abort();
        pair.Now(pair.Client.Writer.WaitClosedAsync());
        pair.Error(reading, ConnectionErrorKind.Reset);
        pair.ShouldBeGone();
    }

    [Clause("W-HALF-02", "P-11")]
    [Fact]
    public void The_peers_close_notify_is_the_end_of_the_stream_and_closes_the_connection()
    {
        TlsPair pair = TlsPair.Secured();
        pair.Server.Writer.Write("the end"u8);
        pair.Server.Writer.Close();
        pair.Now(pair.Client.Reader.ReadToEndAsync()).ShouldBe(Bytes.Of("the end"));
        pair.Client.Writer.IsClosing.ShouldBeTrue();
        pair.Client.Writer.Write("dropped"u8);
        pair.Error(pair.Client.Writer.DrainAsync(), ConnectionErrorKind.Reset).Message.ShouldBe("Connection lost");
        pair.Now(pair.Client.Writer.WaitClosedAsync());
        pair.Now(pair.Server.Writer.WaitClosedAsync());
        pair.ShouldBeGone();
    }

    [Clause("W-HALF-02")]
    [Fact]
    public void What_is_queued_when_the_peers_close_notify_comes_is_still_sent()
    {
        TlsPair pair = TlsPair.Secured(server: TlsPair.ServerOptions with { AllowHalfClose = true });
        byte[] data = new byte[1_000_000];
        new Random(1).NextBytes(data);
        pair.Client.Writer.Write(data);
        pair.Server.Writer.WriteEof();
        pair.Queue.Run();
        pair.Client.Writer.IsClosing.ShouldBeTrue();
        pair.Client.Writer.Buffered.ShouldBeGreaterThan(0);
        pair.Now(pair.Server.Reader.ReadToEndAsync()).ShouldBe(data);
        pair.Now(pair.Client.Writer.WaitClosedAsync());
    }

    [Clause("W-HALF-02", "W-TLS-01")]
    [Fact]
    public void A_peer_that_sent_close_notify_and_takes_nothing_more_is_given_up_too()
    {
        TlsPair pair = TlsPair.Secured(server: TlsPair.ServerOptions with { AllowHalfClose = true });
        pair.ServerWire.Window = 0;
        pair.Client.Writer.Write(new byte[1000]);
        pair.Server.Writer.WriteEof();
        pair.Queue.Run();
        pair.Advance(TimeSpan.FromSeconds(30));
        pair.Error(pair.Client.Writer.WaitClosedAsync(), ConnectionErrorKind.TimedOut);
        pair.Time.Set.ShouldBe(0);
    }

    [Fact]
    public void Nothing_is_left_of_many_connections()
    {
        for (int i = 0; i < 100; i++)
        {
            TlsPair pair = TlsPair.Secured();
            (i % 2 == 0 ? pair.Client : pair.Server).Writer.Close();
            pair.Now(pair.Client.Writer.WaitClosedAsync());
            pair.Now(pair.Server.Writer.WaitClosedAsync());
            pair.ShouldBeGone();
        }
    }
}
