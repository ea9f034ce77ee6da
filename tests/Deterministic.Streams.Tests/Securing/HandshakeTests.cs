using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public sealed class HandshakeTests
{
    [Clause("W-STLS-01", "W-STLS-02")]
    [Documented("StreamWriter.start_tls(sslcontext)")]
    [Fact]
    public void Both_sides_go_over_to_tls_on_the_same_reader_and_writer()
    {
        TlsPair pair = new();
        pair.ShouldCarry("plain");
        AsyncStreamReader reader = pair.Client.Reader;
        (Task client, Task server) = pair.StartTls();
        client.Now();
        server.Now();
        pair.Client.Reader.ShouldBeSameAs(reader);
        pair.ShouldCarry("secret words");
        Bytes.Text(pair.ClientWire.Sent).ShouldContain("plain");
        Bytes.Text(pair.ClientWire.Sent).ShouldNotContain("secret");
        Bytes.Text(pair.ServerWire.Sent).ShouldNotContain("secret");
        pair.Time.Set.ShouldBe(0, "the handshake's time-out is over");
    }

    [Clause("W-STLS-02")]
    [Fact]
    public void Either_side_can_be_the_tls_server()
    {
        TlsPair pair = new();
        Task far = pair.Server.StartTlsAsync(TlsPair.ClientOptions);
        Task near = pair.Client.StartTlsAsync(TlsPair.ServerOptions);
        pair.Now(far);
        pair.Now(near);
        pair.ShouldCarry();
        pair.Client.Tls!.IsServer.ShouldBeTrue();
        pair.Server.Tls!.IsServer.ShouldBeFalse();
    }

    [Fact]
    public void What_is_read_and_written_during_the_handshake_waits_for_it_and_is_encrypted()
    {
        TlsPair pair = new();
        Task client = pair.Client.StartTlsAsync(TlsPair.ClientOptions);
        Task<byte[]> reading = pair.Client.Reader.ReadLineAsync().AsTask();
        pair.Client.Writer.Write("early secret\n"u8);
        pair.Queue.Run();
        client.ShouldWait();
        reading.ShouldWait();
        pair.Client.Writer.Buffered.ShouldBe(13);
        Task server = pair.Server.StartTlsAsync(TlsPair.ServerOptions);
        pair.Server.Writer.Write("answer\n"u8);
        pair.Now(server);
        pair.Now(client);
        pair.Now(reading).ShouldBe(Bytes.Of("answer\n"));
        pair.Now(pair.Server.Reader.ReadLineAsync()).ShouldBe(Bytes.Of("early secret\n"));
        Bytes.Text(pair.ClientWire.Sent).ShouldNotContain("secret");
    }

    [Fact]
    public void Both_halves_can_be_ended_during_the_handshake()
    {
        TlsPair pair = new();
        Task client = pair.Client.StartTlsAsync(TlsPair.ClientOptions with { AllowHalfClose = true });
        pair.Client.Writer.Write("all"u8);
        pair.Client.Writer.WriteEof();
        pair.Queue.Run();
        Task server = pair.Server.StartTlsAsync(TlsPair.ServerOptions with { AllowHalfClose = true });
        pair.Now(server);
        pair.Now(client);
        pair.Now(pair.Server.Reader.ReadToEndAsync()).ShouldBe(Bytes.Of("all"));
    }

    [Fact]
    public void A_peer_that_sends_one_byte_at_a_time_can_make_a_handshake()
    {
        TlsPair pair = new();
        pair.ServerWire.Window = pair.ClientWire.Window = 1;
        (Task client, Task server) = pair.StartTls();
        pair.Now(client);
        pair.Now(server);
        pair.ShouldCarry();
    }

    [Fact]
    public void Tls_is_started_once()
    {
        TlsPair pair = new();
        Task first = pair.Client.StartTlsAsync(TlsPair.ClientOptions);
        Should
            .Throw<InvalidOperationException>(() => pair.Client.StartTlsAsync(TlsPair.ClientOptions))
            .Message.ShouldContain("already");
        pair.Now(pair.Server.StartTlsAsync(TlsPair.ServerOptions));
        pair.Now(first);
        Should
            .Throw<InvalidOperationException>(() => pair.Client.StartTlsAsync(TlsPair.ServerOptions))
            .Message.ShouldContain("already");
        pair.ShouldCarry();
    }

    [Fact]
    public void It_is_refused_while_a_read_waits_and_changes_nothing()
    {
        TlsPair pair = new();
        Task<byte[]> reading = pair.Client.Reader.ReadLineAsync().AsTask();
        Should
            .Throw<InvalidOperationException>(() => pair.Client.StartTlsAsync(TlsPair.ClientOptions))
            .Message.ShouldContain("read");
        pair.Server.Writer.Write("plain\n"u8);
        pair.Now(reading).ShouldBe(Bytes.Of("plain\n"));
        (Task client, Task server) = pair.StartTls();
        pair.Now(client);
        pair.Now(server);
        pair.ShouldCarry();
    }

    [Fact]
    public void It_is_refused_after_the_end_was_written()
    {
        TlsPair pair = new();
        pair.Client.Writer.WriteEof();
        Task client = pair.Client.StartTlsAsync(TlsPair.ClientOptions);
        client.Error<InvalidOperationException>();
        pair.Server.Writer.Write("still plain"u8);
        pair.Now(pair.Client.Reader.ReadExactlyAsync(11)).ShouldBe(Bytes.Of("still plain"));
    }

    [Clause("W-STLS-03")]
    [Fact]
    public void It_first_waits_until_everything_queued_is_sent_and_keeps_the_watermarks()
    {
        TlsPair pair = new();
        WriteBufferLimits limits = WriteBufferLimits.Create(5000);
        pair.Client.Writer.WriteBufferLimits = limits;
        pair.ServerWire.Window = 0;
        pair.Client.Writer.Write("plain "u8);
        pair.Client.Writer.Write("words"u8);
        Task client = pair.Client.StartTlsAsync(TlsPair.ClientOptions);
        pair.Queue.Run();
        client.ShouldWait();
        pair.ClientWire.Sent.ShouldBeEmpty();
        pair.ServerWire.Window = 65536;
        pair.Queue.Add(pair.ClientWire.Advance);
        pair.Now(pair.Server.Reader.ReadExactlyAsync(11)).ShouldBe(Bytes.Of("plain words"));
        pair.Now(pair.Server.StartTlsAsync(TlsPair.ServerOptions));
        pair.Now(client);
        pair.Client.Writer.WriteBufferLimits.ShouldBe(limits);
        pair.ShouldCarry();
    }

    [Clause("W-STLS-03")]
    [Fact]
    public void On_a_closed_connection_it_is_that_the_connection_is_lost()
    {
        TlsPair pair = new();
        pair.Client.Writer.Close();
        pair.Error(pair.Client.StartTlsAsync(TlsPair.ClientOptions), ConnectionErrorKind.Reset)
            .Message.ShouldBe("Connection lost");
        pair.ServerWire.Window = 0;
        pair = new();
        pair.ServerWire.Window = 0;
        pair.Client.Writer.Write("still being sent"u8);
        pair.Client.Writer.Close();
        Task starting = pair.Client.StartTlsAsync(TlsPair.ClientOptions);
        pair.Client.Abort();
        pair.Error(starting, ConnectionErrorKind.Reset).Message.ShouldBe("Connection lost");
    }
}
