using System.Security.Cryptography.X509Certificates;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>The parameters of asyncio's functions that concern TLS: each changes what happens, over TCP and over Unix sockets.</summary>
public sealed class TlsParameterTests
{
    private static readonly X509Certificate2 Certificate = Certificates.Issue(Way.Name);

    private static readonly TlsServerOptions Server = new(Certificate);

    private static readonly TlsClientOptions Client = new()
    {
        ServerName = Way.Name,
        Authentication = Certificates.ClientAuthentication(),
    };

    /// <summary>Neither the default nor near it.</summary>
    private static readonly TimeSpan Given = TimeSpan.FromSeconds(7);

    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(1);

    [Clause("C-SRV-01", "C-UNIX-02", "C-UNIX-03")]
    [Documented("open_connection(ssl)", "open_unix_connection(ssl)", "start_server(ssl)", "start_unix_server(ssl)")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_it_both_sides_speak_tls_from_the_first_byte(bool isUnix) =>
        Run(
            isUnix,
            async way =>
            {
                List<bool> secured = [];
                await using StreamServer server = await way.ServeAsync(
                    async connection =>
                    {
                        secured.Add(connection.Tls is { IsServer: true });
                        connection.Writer.Write(await connection.Reader.ReadLineAsync());
                    },
                    new ServerOptions { Tls = Server }
                );
                await using Connection client = await way.ConnectAsync(new ClientOptions { Tls = Client });
                client.Tls.ShouldNotBeNull().IsServer.ShouldBeFalse();
                client.Writer.Write(Talk.Bytes("hello\n"));
                Talk.Text(await client.Reader.ReadToEndAsync()).ShouldBe("hello\n");
                secured.ShouldBe([true]);
            }
        );

    [Clause("C-OPEN-03", "C-OPEN-11")]
    [Documented("open_connection(server_hostname)", "open_unix_connection(server_hostname)")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_name_given_is_the_one_that_the_certificate_must_have(bool isUnix) =>
        Run(
            isUnix,
            async way =>
            {
                await using StreamServer server = await way.ServeAsync(
                    connection => connection.Reader.ReadToEndAsync().AsTask(),
                    new ServerOptions { Tls = Server }
                );
                ConnectionException error = await FailureAsync(
                    way.ConnectAsync(new ClientOptions { Tls = Client with { ServerName = "other.example" } })
                );
                error.Kind.ShouldBe(ConnectionErrorKind.CertificateRejected);
                error.Message.ShouldContain("other.example");
            }
        );

    [Clause("C-OPEN-04", "W-STLS-07")]
    [Documented("open_connection(ssl_handshake_timeout)", "open_unix_connection(ssl_handshake_timeout)")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_server_that_does_not_answer_is_given_up_after_it(bool isUnix) =>
        Run(
            isUnix,
            async way =>
            {
                await using StreamServer server = await way.ServeAsync(connection =>
                    connection.Reader.ReadToEndAsync().AsTask()
                );
                TlsClientOptions hasty = Client with { HandshakeTimeout = Given };
                ConnectionException error = await FailureAsync(way.ConnectAsync(new ClientOptions { Tls = hasty }));
                error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
                way.World.Scheduler.Now.ShouldBeInRange(Given, Given + OnTheWay);
            }
        );

    [Clause("C-SRV-07", "C-OPEN-04", "W-STLS-07")]
    [Documented("start_server(ssl_handshake_timeout)", "start_unix_server(ssl_handshake_timeout)")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_client_that_says_nothing_is_given_up_after_it_reported_and_disturbs_nobody(bool isUnix) =>
        Run(
            isUnix,
            async way =>
            {
                List<Exception> errors = [];
                int handled = 0;
                TlsServerOptions hasty = Server with { HandshakeTimeout = Given };
                await using StreamServer server = await way.ServeAsync(
                    async connection =>
                    {
                        handled++;
                        connection.Writer.Write(await connection.Reader.ReadLineAsync());
                    },
                    new ServerOptions { Tls = hasty, OnError = errors.Add }
                );
                await using Connection other = await way.ConnectAsync(new ClientOptions { Tls = Client });
                Connection silent = await way.ConnectAsync();
                await way.PassAsync(Given - OnTheWay);
                errors.ShouldBeEmpty();
                server.ConnectionCount.ShouldBe(2);
                await way.PassAsync(OnTheWay * 2);
                errors
                    .ShouldHaveSingleItem()
                    .ShouldBeOfType<ConnectionException>()
                    .Kind.ShouldBe(ConnectionErrorKind.TimedOut);
                server.FailureCount.ShouldBe(1);
                server.ConnectionCount.ShouldBe(1);
                handled.ShouldBe(1, "the handler is not called for the one that said nothing");
                other.Writer.Write(Talk.Bytes("still here\n"));
                Talk.Text(await other.Reader.ReadLineAsync()).ShouldBe("still here\n");
                silent.Abort();
            }
        );

    [Clause("C-SRV-07")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_client_that_speaks_no_tls_is_reported_and_disturbs_nobody(bool isUnix) =>
        Run(
            isUnix,
            async way =>
            {
                List<Exception> errors = [];
                int handled = 0;
                await using StreamServer server = await way.ServeAsync(
                    async connection =>
                    {
                        handled++;
                        connection.Writer.Write(await connection.Reader.ReadLineAsync());
                    },
                    new ServerOptions { Tls = Server, OnError = errors.Add }
                );
                await using Connection other = await way.ConnectAsync(new ClientOptions { Tls = Client });
                Connection plain = await way.ConnectAsync();
                plain.Writer.Write(Talk.Bytes("GET / HTTP/1.1\r\n\r\n"));
                await way.PassAsync(OnTheWay);
                errors
                    .ShouldHaveSingleItem()
                    .ShouldBeOfType<ConnectionException>()
                    .Kind.ShouldBe(ConnectionErrorKind.TlsHandshakeFailed);
                handled.ShouldBe(1);
                other.Writer.Write(Talk.Bytes("still here\n"));
                Talk.Text(await other.Reader.ReadLineAsync()).ShouldBe("still here\n");
                plain.Abort();
            }
        );

    [Clause("W-TLS-01")]
    [Documented("open_connection(ssl_shutdown_timeout)", "open_unix_connection(ssl_shutdown_timeout)")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_server_that_takes_nothing_more_is_given_up_after_it(bool isUnix) =>
        Run(
            isUnix,
            async way =>
            {
                TaskCompletionSource over = new();
                await using StreamServer server = await way.ServeAsync(
                    _ => over.Task,
                    new ServerOptions { Tls = Server }
                );
                TlsClientOptions hasty = Client with { ShutdownTimeout = Given };
                Connection client = await way.ConnectAsync(new ClientOptions { Tls = hasty });
                client.Writer.Write(new byte[1 << 20]);
                TimeSpan before = way.World.Scheduler.Now;
                client.Writer.Close();
                ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                    client.Writer.WaitClosedAsync().AsTask()
                );
                error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
                (way.World.Scheduler.Now - before).ShouldBeInRange(Given, Given + OnTheWay);
                over.SetResult();
            }
        );

    [Clause("W-TLS-01")]
    [Documented("start_server(ssl_shutdown_timeout)", "start_unix_server(ssl_shutdown_timeout)")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_client_that_takes_nothing_more_is_given_up_after_it(bool isUnix) =>
        Run(
            isUnix,
            async way =>
            {
                TlsServerOptions hasty = Server with { ShutdownTimeout = Given };
                StreamServer server = await way.ServeAsync(
                    connection =>
                    {
                        connection.Writer.Write(new byte[1 << 20]);
                        return Task.CompletedTask;
                    },
                    new ServerOptions { Tls = hasty }
                );
                Connection client = await way.ConnectAsync(new ClientOptions { Tls = Client });
                await way.PassAsync(OnTheWay);
                server.Close();
                await server.WaitClosedAsync();
                way.World.Scheduler.Now.ShouldBeInRange(Given, Given + OnTheWay);
                client.Abort();
            }
        );

    private static void Run(bool isUnix, Func<Way, Task> program) =>
        Talk.Alone(world => program(new Way(world, isUnix)));

    private static Task<ConnectionException> FailureAsync(ValueTask<Connection> connecting) =>
        Talk.FailureOfAsync<ConnectionException>(connecting.AsTask());
}
