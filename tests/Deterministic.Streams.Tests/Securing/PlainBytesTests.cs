using Deterministic.Core;
using Deterministic.Streams.Engine;

namespace Deterministic.Streams.Tests;

/// <summary>Bytes from before TLS: the injection known from STARTTLS. DEV-41.</summary>
public sealed class PlainBytesTests
{
    [Clause("W-STLS-09")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Plain_bytes_that_were_slipped_in_fail_the_handshake_and_are_never_read(bool asServer)
    {
        TlsPair pair = new();
        Connection target = asServer ? pair.Server : pair.Client;
        Connection attacker = asServer ? pair.Client : pair.Server;
        attacker.Writer.Write("ready\r\nINJECTED by somebody on the way\r\n"u8);
        pair.Now(target.Reader.ReadLineAsync()).ShouldBe(Bytes.Of("ready\r\n"));
        target.Reader.Buffered.ShouldBeGreaterThan(0);
        Task starting = asServer
            ? target.StartTlsAsync(TlsPair.ServerOptions)
            : target.StartTlsAsync(TlsPair.ClientOptions);
        target.Reader.Buffered.ShouldBe(0, "they are the handshake's now");
        ConnectionException error = pair.Error(starting, ConnectionErrorKind.TlsHandshakeFailed);
        error.Message.ShouldContain("\"INJECTED by some\"");
        target.Reader.TakeBuffered().ShouldBeEmpty();
        pair.Error(target.Reader.ReadAsync().AsTask(), ConnectionErrorKind.TlsHandshakeFailed).ShouldBeSameAs(error);
    }

    [Clause("W-STLS-09")]
    [Fact]
    public void Plain_bytes_that_come_during_the_handshake_fail_it_too()
    {
        TlsPair pair = new();
        Task client = pair.Client.StartTlsAsync(TlsPair.ClientOptions);
        Task<byte[]> reading = pair.Client.Reader.ReadAsync().AsTask();
        pair.Server.Writer.Write("HTTP/1.1 400 Bad Request\r\n\r\n"u8);
        ConnectionException error = pair.Error(client, ConnectionErrorKind.TlsHandshakeFailed);
        error.Message.ShouldContain("does not speak TLS");
        error.Message.ShouldContain("HTTP/1.1 400 Bad");
        pair.Error(reading, ConnectionErrorKind.TlsHandshakeFailed);
    }

    [Fact]
    public void Bytes_that_are_neither_text_nor_tls_are_named_in_hexadecimal()
    {
        TlsPair pair = new();
        Task server = pair.Server.StartTlsAsync(TlsPair.ServerOptions);
        pair.Client.Writer.Write([0xFF, 0x00, 0x13, 0x37, 0x00, 0x00]);
        pair.Error(server, ConnectionErrorKind.TlsHandshakeFailed).Message.ShouldContain("FF0013370000");
    }

    [Clause("W-STLS-10")]
    [Fact]
    public void Handshake_bytes_that_the_reader_holds_already_are_handed_to_tls()
    {
        TlsPair pair = new();
        Task client = pair.Client.StartTlsAsync(TlsPair.ClientOptions);
        pair.Queue.Run();
        pair.Server.Reader.Buffered.ShouldBeGreaterThan(100, "the client's hello");
        pair.Now(pair.Server.StartTlsAsync(TlsPair.ServerOptions));
        pair.Now(client);
        pair.ShouldCarry();
    }

    [Clause("W-STLS-09", "W-STLS-10")]
    [Fact]
    public void A_protocol_that_announces_tls_in_plain_text_finds_nothing_left_over()
    {
        TlsPair pair = new();
        Task client = ClientAsync();
        Task server = ServerAsync();
        pair.Now(client);
        pair.Now(server);

        async Task ClientAsync()
        {
            var (reader, writer) = pair.Client;
            writer.Write("STARTTLS\r\n"u8);
            (await reader.ReadLineAsync().ConfigureAwait(false)).ShouldBe(Bytes.Of("220 go ahead\r\n"));
            await pair.Client.StartTlsAsync(TlsPair.ClientOptions).ConfigureAwait(false);
            writer.Write("EHLO\r\n"u8);
            (await reader.ReadLineAsync().ConfigureAwait(false)).ShouldBe(Bytes.Of("250 hello\r\n"));
        }

        async Task ServerAsync()
        {
            var (reader, writer) = pair.Server;
            (await reader.ReadLineAsync().ConfigureAwait(false)).ShouldBe(Bytes.Of("STARTTLS\r\n"));
            writer.Write("220 go ahead\r\n"u8);
            await pair.Server.StartTlsAsync(TlsPair.ServerOptions).ConfigureAwait(false);
            (await reader.ReadLineAsync().ConfigureAwait(false)).ShouldBe(Bytes.Of("EHLO\r\n"));
            writer.Write("250 hello\r\n"u8);
        }
    }

    [Fact]
    public void A_write_that_loses_the_race_against_the_start_of_tls_is_refused_rather_than_sent_in_the_clear()
    {
        TlsPair pair = new();
        // What another thread holds that was just about to write.
        ConnectionEngine before = pair.Client.Reader.Engine;
        Task client = pair.Client.StartTlsAsync(TlsPair.ClientOptions);
        Should.Throw<InvalidOperationException>(() => before.Write("secret"u8));
        Should.Throw<InvalidOperationException>(() => before.Write(Bytes.Pieces("se", "cret")));
        Should.Throw<InvalidOperationException>(() => before.Write(Bytes.Sequence("se", "cret")));
        pair.Now(pair.Server.StartTlsAsync(TlsPair.ServerOptions));
        pair.Now(client);
        pair.ShouldCarry();
        Bytes.Text(pair.ClientWire.Sent).ShouldNotContain("cret");
    }
}
