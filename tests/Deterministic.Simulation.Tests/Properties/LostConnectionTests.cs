using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>
/// Which failures are a lost connection, which a faulty network explains and a run tolerates, and which are the program's: what its
/// callbacks of TLS and its own streams throw.
/// </summary>
public sealed class LostConnectionTests
{
    private const string Bug = "the program is wrong";

    private static readonly X509Certificate2 ServerCertificate = Certificates.Issue("server");

    public static TheoryData<Exception> Losses { get; } =
    [
        new ConnectionException(ConnectionErrorKind.Reset, "lost"),
        new IncompleteReadException(new byte[] { 1 }, 2),
        new TimeoutException("too late"),
        new AggregateException(new TimeoutException(), new ConnectionException("lost")),
    ];

    [Theory]
    [MemberData(nameof(Losses), DisableDiscoveryEnumeration = true)]
    public void A_handler_or_a_task_that_a_lost_connection_ends_fails_the_run_only_where_that_is_reported(
        Exception loss
    )
    {
        foreach (Func<SimulatedWorld, Task> program in new[] { HandlerAsync, TaskAsync })
        {
            SimulatedWorld tolerant = new(1);
            tolerant.Run(() => program(tolerant), World.Limits).ThrowIfNotCompleted();
            SimulatedWorld strict = new(1) { ReportsLostConnections = true };
            RunResult result = strict.Run(() => program(strict), World.Limits);
            result.Outcome.ShouldBe(RunOutcome.Faulted);
            result.Exception.ShouldBeSameAs(loss);
        }

        Task HandlerAsync(SimulatedWorld world) => UnhandledErrorTests.ServeAsync(world, _ => Task.FromException(loss));

        Task TaskAsync(SimulatedWorld world)
        {
            _ = FailAsync(world);
            return Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
        }

        async Task FailAsync(SimulatedWorld world)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), world.TimeProvider);
            throw loss;
        }
    }

    public static TheoryData<string, SslServerAuthenticationOptions, SslClientAuthenticationOptions> BrokenCallbacks =>
        new()
        {
            {
                "the server's choice of a certificate",
                new() { ServerCertificateSelectionCallback = static (_, _) => throw new FormatException(Bug) },
                Certificates.ClientAuthentication()
            },
            {
                "the server's check of the client's certificate",
                new()
                {
                    ServerCertificate = ServerCertificate,
                    ClientCertificateRequired = true,
                    RemoteCertificateValidationCallback = static (_, _, _, _) => throw new FormatException(Bug),
                },
                Certificates.ClientAuthentication()
            },
            {
                "the client's check of the server's certificate",
                new() { ServerCertificate = ServerCertificate },
                new()
                {
                    TargetHost = "server",
                    RemoteCertificateValidationCallback = static (_, _, _, _) => throw new FormatException(Bug),
                }
            },
        };

    [Theory]
    [MemberData(nameof(BrokenCallbacks), DisableDiscoveryEnumeration = true)]
    public void An_exception_of_a_tls_callback_fails_the_run_and_is_no_lost_connection(
        string what,
        SslServerAuthenticationOptions server,
        SslClientAuthenticationOptions client
    )
    {
        SimulatedWorld world = new(1);
        RunResult result = world.Run(() => ConnectOverTlsAsync(world, server, client), World.Limits);
        result.Outcome.ShouldBe(RunOutcome.Faulted, what);
        result.Exception.ShouldBeOfType<FormatException>(what).Message.ShouldBe(Bug);
        result.Finding.ShouldNotBeNull().Place.ShouldNotBeNull().Method.ShouldContain(nameof(LostConnectionTests));

        foreach (Action<SimulatedWorld> expect in new Action<SimulatedWorld>[] { Inner, Outer })
        {
            SimulatedWorld expecting = new(1);
            expect(expecting);
            expecting.Run(() => ConnectOverTlsAsync(expecting, server, client), World.Limits).ThrowIfNotCompleted();
        }

        static void Inner(SimulatedWorld world) => world.ExpectUnhandled<FormatException>();

        static void Outer(SimulatedWorld world) => world.ExpectUnhandled<ConnectionException>();
    }

    public static TheoryData<string, SslServerAuthenticationOptions, SslClientAuthenticationOptions> Refusals =>
        new()
        {
            {
                "a client that does not trust the server",
                new() { ServerCertificate = ServerCertificate },
                new() { TargetHost = "server" }
            },
            {
                "a server that refuses the client",
                new()
                {
                    ServerCertificate = ServerCertificate,
                    ClientCertificateRequired = true,
                    RemoteCertificateValidationCallback = static (_, _, _, _) => false,
                },
                Certificates.ClientAuthentication()
            },
            {
                "a server that refuses the client by an exception",
                new()
                {
                    ServerCertificate = ServerCertificate,
                    ClientCertificateRequired = true,
                    RemoteCertificateValidationCallback = static (_, _, _, _) =>
                        throw new AuthenticationException("refused"),
                },
                Certificates.ClientAuthentication()
            },
        };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public void A_handshake_that_one_side_refuses_is_a_lost_connection(
        string what,
        SslServerAuthenticationOptions server,
        SslClientAuthenticationOptions client
    )
    {
        SimulatedWorld world = new(1);
        world
            .Run(() => ConnectOverTlsAsync(world, server, client), World.Limits)
            .Outcome.ShouldBe(RunOutcome.Completed, what);
    }

    [Fact]
    public void An_exception_of_a_stream_below_a_connection_fails_the_run_and_is_no_lost_connection()
    {
        SimulatedWorld world = new(1);
        RunResult result = world.Run(
            async () =>
            {
                _ = ReadAsync();
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
            },
            World.Limits
        );
        result.Exception.ShouldBeOfType<FormatException>().Message.ShouldBe(Bug);

        static async Task ReadAsync()
        {
            await using Connection connection = Connection.FromStream(new BrokenStream());
            await connection.Reader.ReadToEndAsync();
        }
    }

    private static async Task ConnectOverTlsAsync(
        SimulatedWorld world,
        SslServerAuthenticationOptions server,
        SslClientAuthenticationOptions client
    )
    {
        await using StreamServer listening = await world
            .Host("server")
            .StartServerAsync(
                static connection => connection.Reader.ReadToEndAsync().AsTask(),
                "server",
                7,
                new ServerOptions { Tls = new TlsServerOptions(server) }
            );
        _ = ConnectAsync();
        await Task.Delay(TimeSpan.FromSeconds(2), world.TimeProvider);

        async Task ConnectAsync()
        {
            ClientOptions options = new() { Tls = new TlsClientOptions { Authentication = client } };
            await using Connection connection = await world.Host("client").OpenConnectionAsync("server", 7, options);
            await connection.Reader.ReadToEndAsync();
        }
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new FormatException(Bug);
    }
}
