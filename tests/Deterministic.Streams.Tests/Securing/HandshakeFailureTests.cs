using System.Net.Security;
using System.Security.Authentication;
using Deterministic.Core;

namespace Deterministic.Streams.Tests;

/// <summary>Handshakes that are given up, take too long, or fail.</summary>
public sealed class HandshakeFailureTests
{
    [Fact]
    public void A_cancellation_before_the_handshake_leaves_the_connection_as_it_was()
    {
        TlsPair pair = new();
        WriteBufferLimits limits = pair.Client.Writer.WriteBufferLimits;
        pair.ServerWire.Window = 0;
        pair.Client.Writer.Write("plain"u8);
        using CancellationTokenSource source = new();
        Task client = pair.Client.StartTlsAsync(TlsPair.ClientOptions, source.Token);
        source.Cancel();
        pair.Queue.Run();
        client.ShouldBeCancelledBy(source.Token);
        pair.ServerWire.Window = 65536;
        pair.Queue.Add(pair.ClientWire.Advance);
        pair.Now(pair.Server.Reader.ReadExactlyAsync(5)).ShouldBe(Bytes.Of("plain"));
        pair.Client.Writer.WriteBufferLimits.ShouldBe(limits);
        pair.Client.Tls.ShouldBeNull();
        (client, Task server) = pair.StartTls();
        pair.Now(client);
        pair.Now(server);
        pair.ShouldCarry();
    }

    [Clause("C-OPEN-11")]
    [Fact]
    public void A_cancellation_during_the_handshake_aborts_the_connection()
    {
        TlsPair pair = new();
        using CancellationTokenSource source = new();
        Task client = pair.Client.StartTlsAsync(TlsPair.ClientOptions, source.Token);
        Task<byte[]> reading = pair.Client.Reader.ReadAsync().AsTask();
        pair.Queue.Run();
        source.Cancel();
        client.ShouldWait();
        pair.Queue.Run();
        client.ShouldBeCancelledBy(source.Token);
        pair.ClientWire.Gone.ShouldBe("abort");
        pair.Now(reading).ShouldBeEmpty();
        pair.Now(pair.Client.Writer.WaitClosedAsync());
        pair.Time.Set.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_close_or_an_abort_during_the_handshake_gives_it_up(bool abort)
    {
        TlsPair pair = new();
        Task client = pair.Client.StartTlsAsync(TlsPair.ClientOptions);
        pair.Queue.Run();
        if (abort)
        {
            pair.Client.Abort();
        }
        else
        {
            pair.Client.Writer.Close();
        }

        pair.Error(client, ConnectionErrorKind.Aborted);
        pair.Now(pair.Client.Writer.WaitClosedAsync());
        pair.Error(pair.Server.StartTlsAsync(TlsPair.ServerOptions), ConnectionErrorKind.Reset);
        pair.ShouldBeGone();
    }

    [Fact]
    public void A_close_during_the_handshake_still_sends_what_is_queued()
    {
        TlsPair pair = new();
        Task client = pair.Client.StartTlsAsync(TlsPair.ClientOptions);
        pair.Client.Writer.Write("last words"u8);
        pair.Client.Writer.Close();
        Task closed = pair.Client.Writer.WaitClosedAsync().AsTask();
        pair.Queue.Run();
        closed.ShouldWait();
        pair.Now(pair.Server.StartTlsAsync(TlsPair.ServerOptions));
        pair.Now(pair.Server.Reader.ReadToEndAsync()).ShouldBe(Bytes.Of("last words"));
        pair.Now(client);
        pair.Now(closed);
        pair.ShouldBeGone();
    }

    [Clause("W-STLS-07", "W-STLS-08", "C-OPEN-04")]
    [Documented("StreamWriter.start_tls(ssl_handshake_timeout)")]
    [Theory]
    [InlineData(60, null)]
    [InlineData(5, 5)]
    public void A_handshake_that_takes_too_long_ends_the_connection_and_every_wait(int seconds, int? timeout)
    {
        TlsPair pair = new();
        pair.Client.Writer.WriteBufferLimits = WriteBufferLimits.Create(0);
        Task before = pair.Client.Writer.WaitClosedAsync().AsTask();
        Task client = pair.Client.StartTlsAsync(
            timeout is { } given
                ? TlsPair.ClientOptions with
                {
                    HandshakeTimeout = TimeSpan.FromSeconds(given),
                }
                : TlsPair.ClientOptions
        );
        Task reading = pair.Client.Reader.ReadAsync().AsTask();
        pair.Client.Writer.Write("never sent"u8);
        Task draining = pair.Client.Writer.DrainAsync().AsTask();
        Task closed = pair.Client.Writer.WaitClosedAsync().AsTask();
        pair.Queue.Run();
        pair.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        client.ShouldWait();
        pair.Advance(TimeSpan.FromTicks(1));
        ConnectionException error = pair.Error(client, ConnectionErrorKind.TimedOut);
        error.Message.ShouldContain(TimeSpan.FromSeconds(seconds).ToString("c"));
        foreach (Task wait in new[] { reading, draining, closed, before })
        {
            wait.Error<ConnectionException>().ShouldBeSameAs(error);
        }

        pair.ClientWire.Gone.ShouldBe("abort");
        pair.Time.Set.ShouldBe(0);
    }

    [Clause("W-STLS-07", "C-OPEN-04")]
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_time_out_of_nothing_is_refused_where_it_is_set(int seconds)
    {
        TimeSpan span = TimeSpan.FromSeconds(seconds);
        Should.Throw<ArgumentOutOfRangeException>(() => TlsPair.ClientOptions with { HandshakeTimeout = span });
        Should.Throw<ArgumentOutOfRangeException>(() => TlsPair.ClientOptions with { ShutdownTimeout = span });
        Should.Throw<ArgumentOutOfRangeException>(() => TlsPair.ServerOptions with { HandshakeTimeout = span });
        Should.Throw<ArgumentOutOfRangeException>(() => TlsPair.ServerOptions with { ShutdownTimeout = span });
    }

    [Fact]
    public void The_longest_time_out_is_no_error()
    {
        TlsPair pair = TlsPair.Secured(
            TlsPair.ClientOptions with
            {
                HandshakeTimeout = TimeSpan.MaxValue,
                ShutdownTimeout = TimeSpan.MaxValue,
            }
        );
        pair.Client.Writer.Close();
        pair.Now(pair.Client.Writer.WaitClosedAsync());
    }

    [Clause("C-OPEN-04")]
    [Fact]
    public void The_documented_time_outs_are_the_defaults()
    {
        foreach (
            TlsOptions options in new TlsOptions[]
            {
                TlsClientOptions.Default,
                new TlsServerOptions(Certificates.Server),
            }
        )
        {
            options.HandshakeTimeout.ShouldBe(TimeSpan.FromSeconds(60));
            options.ShutdownTimeout.ShouldBe(TimeSpan.FromSeconds(30));
            options.AllowHalfClose.ShouldBeFalse();
        }
    }

    [Clause("C-OPEN-11")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_peer_that_goes_away_during_the_handshake_is_a_reset(bool inOrder)
    {
        TlsPair pair = new();
        Task client = pair.Client.StartTlsAsync(TlsPair.ClientOptions);
        pair.Queue.Run();
        if (inOrder)
        {
            pair.Server.Writer.Close();
        }
        else
        {
            pair.Server.Abort();
        }

        ConnectionException error = pair.Error(client, ConnectionErrorKind.Reset);
        error.Message.ShouldContain("handshake");
        pair.Client.Writer.IsClosing.ShouldBeTrue();
        pair.Error(pair.Client.Writer.WaitClosedAsync(), ConnectionErrorKind.Reset).ShouldBeSameAs(error);
        pair.Client.Reader.Exception.ShouldBeSameAs(error);
        pair.ShouldBeGone();
    }

    [Fact]
    public void Sides_that_have_no_version_in_common_fail_both_and_say_why()
    {
        SslClientAuthenticationOptions old = Certificates.ClientAuthentication();
        old.EnabledSslProtocols = SslProtocols.Tls12;
        TlsPair pair = new();
        (Task client, Task server) = pair.StartTls(
            TlsPair.ClientOptions with
            {
                Authentication = old,
            },
            new TlsServerOptions(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = Certificates.Server,
                    EnabledSslProtocols = SslProtocols.Tls13,
                }
            )
        );
        pair.Error(server, ConnectionErrorKind.TlsHandshakeFailed).Message.ShouldContain("unsupported protocol");
        // The server says why before it closes: a reset could have overtaken that.
        pair.Error(client, ConnectionErrorKind.TlsHandshakeFailed).Message.ShouldContain("alert protocol version");
        pair.ServerWire.Gone.ShouldBe("close");
        pair.ShouldBeGone();
    }
}
