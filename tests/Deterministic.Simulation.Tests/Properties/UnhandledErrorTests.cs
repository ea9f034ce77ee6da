using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>What the program throws where nothing of it catches the exception.</summary>
public sealed class UnhandledErrorTests
{
    private static readonly X509Certificate2 ServerCertificate = Certificates.Issue("server");

    private const string Bug = "the handler is wrong";

    public static TheoryData<string, Func<SimulatedWorld, Task>> Programs { get; } =
        new()
        {
            { "a handler", world => ServeAsync(world, _ => throw new InvalidOperationException(Bug)) },
            { "a handler after its first await", world => ServeAsync(world, ThrowAfterReadAsync) },
            { "a handler over TLS", world => ServeAsync(world, ThrowAfterReadAsync, Secured) },
            { "a handler whose server has an OnError", world => ServeAsync(world, ThrowAfterReadAsync, Silent) },
            {
                "OnError",
                world =>
                    ServeAsync(
                        world,
                        _ => throw new ConnectionException("lost"),
                        Throwing(new InvalidOperationException("first"))
                    )
            },
            { "a listener of ConnectionFailed", ThrowInConnectionFailedAsync },
            { "a handler of a Unix socket", ServeUnixAsync },
            { "a protocol of a server", ServeProtocolAsync },
            { "a background task", ForgetAsync },
            { "a background task of a host", world => RunOnHostAsync(world, ForgetAsync) },
            { "a timer", StartTimerAsync },
            { "a timer with an async callback", StartAsyncTimerAsync },
            { "an async void method", VoidAsync },
        };

    [Theory]
    [MemberData(nameof(Programs), DisableDiscoveryEnumeration = true)]
    public void What_the_program_throws_and_does_not_catch_fails_the_run(string who, Func<SimulatedWorld, Task> program)
    {
        SimulatedWorld world = new(1);
        RunResult result = world.Run(() => program(world), World.Limits);
        result.Outcome.ShouldBe(RunOutcome.Faulted, who);
        InvalidOperationException thrown = result.Exception.ShouldBeOfType<InvalidOperationException>(who);
        thrown.Message.ShouldBe(Bug);
        thrown.StackTrace.ShouldNotBeNull().ShouldContain(nameof(UnhandledErrorTests));
    }

    public static TheoryData<Exception> Losses { get; } =
    [
        new ConnectionException(ConnectionErrorKind.Reset, "lost"),
        new IncompleteReadException(new byte[] { 1 }, 2),
        new TimeoutException("too late"),
        new AggregateException(new TimeoutException(), new ConnectionException("lost")),
    ];

    [Theory]
    [MemberData(nameof(Losses), DisableDiscoveryEnumeration = true)]
    public void A_lost_connection_is_how_handlers_and_tasks_end_on_a_faulty_network_and_counts_only_if_asked(
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

        Task HandlerAsync(SimulatedWorld world) => ServeAsync(world, _ => Task.FromException(loss));

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
    public void What_a_callback_of_tls_throws_is_the_program_s_failure_and_no_lost_connection(
        string what,
        SslServerAuthenticationOptions server,
        SslClientAuthenticationOptions client
    )
    {
        SimulatedWorld world = new(1);
        RunResult result = world.Run(() => ConnectOverTlsAsync(world, server, client), World.Limits);
        result.Outcome.ShouldBe(RunOutcome.Faulted, what);
        result.Exception.ShouldBeOfType<FormatException>(what).Message.ShouldBe(Bug);
        result.Finding.ShouldNotBeNull().Place.ShouldNotBeNull().Method.ShouldContain(nameof(UnhandledErrorTests));

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

    [Fact]
    public void A_bug_in_a_stream_that_a_connection_is_made_of_is_the_program_s_failure_and_no_lost_connection()
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

    [Fact]
    public void What_is_expected_by_name_is_no_failure_and_everything_else_still_is()
    {
        Outcome(world => world.ExpectUnhandled<InvalidOperationException>()).ShouldBe(RunOutcome.Completed);
        Outcome(world => world.ExpectUnhandled(error => error.Message == Bug)).ShouldBe(RunOutcome.Completed);
        Outcome(world => world.ExpectUnhandled<FormatException>()).ShouldBe(RunOutcome.Faulted);

        static RunOutcome Outcome(Action<ScenarioWorld> expect)
        {
            RunOutcome[] outcomes =
            [
                .. new Func<SimulatedWorld, Task>[]
                {
                    world => ServeAsync(world, ThrowAfterReadAsync),
                    ForgetAsync,
                }.Select(program =>
                {
                    SimulatedWorld world = new(1);
                    expect(world);
                    return world.Run(() => program(world), World.Limits).Outcome;
                }),
            ];
            outcomes[1].ShouldBe(outcomes[0]);
            return outcomes[0];
        }
    }

    [Fact]
    public void The_finding_says_on_which_host_when_and_where_and_has_the_exception()
    {
        SimulatedWorld world = new(1, keepTrace: true);
        Finding finding = world
            .Run(() => ServeAsync(world, ThrowAfterReadAsync), World.Limits)
            .Finding.ShouldNotBeNull();
        finding.Property.ShouldBe(BuiltInProperties.NoHandlerError);
        finding.Detail.ShouldBe($"InvalidOperationException: {Bug}");
        finding.Host.ShouldBe("server");
        finding.Time.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        finding.Error.ShouldBeOfType<InvalidOperationException>();
        finding.Place.ShouldNotBeNull().Method.ShouldBe("UnhandledErrorTests.ThrowAfterReadAsync");
        finding.Place.Code.ShouldBe("throw new InvalidOperationException(Bug);");
        TraceEvent last = world.Trace.Events[^1];
        (last.Kind, last.Host, last.Time).ShouldBe((TraceKind.Exception, "server", finding.Time));
    }

    [Fact]
    public void Of_tasks_that_nobody_awaits_the_first_to_fail_is_found_with_its_host_and_time()
    {
        SimulatedWorld world = new(1);
        Finding finding = world
            .Run(
                () =>
                {
                    world
                        .Host("server")
                        .Start(async host =>
                        {
                            await Task.Delay(TimeSpan.FromMilliseconds(500), host.TimeProvider);
                            await ForgetAsync(world);
                        });
                    return RunOnHostAsync(
                        world,
                        async here =>
                        {
                            await Task.Delay(TimeSpan.FromMilliseconds(600), world.TimeProvider);
                            _ = ThrowLaterAsync(here);
                        },
                        "client"
                    );
                },
                World.Limits
            )
            .Finding.ShouldNotBeNull();
        finding.Property.ShouldBe(BuiltInProperties.NoUnobservedFailure);
        (finding.Host, finding.Time).ShouldBe(("server", TimeSpan.FromMilliseconds(510)));
        finding.Place.ShouldNotBeNull().Method.ShouldBe("UnhandledErrorTests.ThrowLaterAsync");
    }

    [Fact]
    public void A_world_that_has_failed_can_run_again()
    {
        SimulatedWorld world = new(1);
        world.Run(() => ServeAsync(world, ThrowAfterReadAsync), World.Limits).Outcome.ShouldBe(RunOutcome.Faulted);
        world.Run(() => Task.CompletedTask, World.Limits).ThrowIfNotCompleted();
        world.Finding.ShouldBeNull();
    }

    private static ServerOptions Secured => new() { Tls = new TlsServerOptions(Certificates.Issue("server")) };

    private static ServerOptions Silent => new() { OnError = _ => { } };

    private static ServerOptions Throwing(Exception ignored) =>
        new() { OnError = error => throw new InvalidOperationException(Bug, ignored) };

    private static async Task ServeAsync(
        SimulatedWorld world,
        Func<Connection, Task> handler,
        ServerOptions? options = null
    )
    {
        await using StreamServer server = await world.Host("server").StartServerAsync(handler, "server", 7, options);
        ClientOptions? secured = options?.Tls is null
            ? null
            : new() { Tls = new TlsClientOptions { Authentication = Certificates.ClientAuthentication() } };
        await using Connection client = await world.Host("client").OpenConnectionAsync("server", 7, secured);
        await TalkAsync(world, client);
    }

    private static async Task TalkAsync(SimulatedWorld world, Connection client)
    {
        try
        {
            client.Writer.Write("hello\n"u8);
            await client.Reader.ReadToEndAsync();
        }
        catch (ConnectionException)
        {
            // The handler's failure resets the connection, which this program takes for a loss.
        }

        await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
    }

    private static async Task ThrowAfterReadAsync(Connection connection)
    {
        await connection.Reader.ReadLineAsync();
        throw new InvalidOperationException(Bug);
    }

    private static async Task ThrowInConnectionFailedAsync(SimulatedWorld world)
    {
        ServerOptions options = new() { StartServing = false };
        await using StreamServer server = await world
            .Host("server")
            .StartServerAsync(_ => throw new ConnectionException("lost"), "server", 7, options);
        server.ConnectionFailed += (_, _) => throw new InvalidOperationException(Bug);
        server.StartServing();
        await TalkAsync(world, await world.Host("client").OpenConnectionAsync("server", 7));
    }

    private static async Task ServeUnixAsync(SimulatedWorld world)
    {
        await using StreamServer server = await world
            .Host("server")
            .StartUnixServerAsync(ThrowAfterReadAsync, "/run/it");
        await TalkAsync(world, await world.Host("server").OpenUnixConnectionAsync("/run/it"));
    }

    private static async Task ServeProtocolAsync(SimulatedWorld world)
    {
        await using StreamServer server = await world
            .Host("server")
            .StartProtocolServerAsync(static () => new ThrowingProtocol(), "server", 7);
        await TalkAsync(world, await world.Host("client").OpenConnectionAsync("server", 7));
    }

    private static Task RunOnHostAsync(SimulatedWorld world, Func<SimulatedWorld, Task> program, string host = "server")
    {
        world.Host(host).Start(_ => program(world));
        return Task.Delay(TimeSpan.FromSeconds(2), world.TimeProvider);
    }

    private static Task ForgetAsync(SimulatedWorld world)
    {
        _ = ThrowLaterAsync(world);
        return Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
    }

    private static async Task ThrowLaterAsync(SimulatedWorld world)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(10), world.TimeProvider);
        throw new InvalidOperationException(Bug);
    }

    private static async Task StartTimerAsync(SimulatedWorld world)
    {
        await using ITimer timer = world.TimeProvider.CreateTimer(
            _ => throw new InvalidOperationException(Bug),
            null,
            TimeSpan.FromMilliseconds(10),
            Timeout.InfiniteTimeSpan
        );
        await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
    }

#pragma warning disable MA0147, VSTHRD100, VSTHRD101 // What becomes of such code is what is tested.
    private static async Task StartAsyncTimerAsync(SimulatedWorld world)
    {
        await using ITimer timer = world.TimeProvider.CreateTimer(
            async _ => await ThrowLaterAsync(world),
            null,
            TimeSpan.FromMilliseconds(10),
            Timeout.InfiniteTimeSpan
        );
        await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
    }

    private static Task VoidAsync(SimulatedWorld world)
    {
        ThrowVoid();
        return Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);

        async void ThrowVoid() => await ThrowLaterAsync(world);
    }
#pragma warning restore MA0147, VSTHRD100, VSTHRD101

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new FormatException(Bug);
    }

    private sealed class ThrowingProtocol : StreamProtocol
    {
        public override void DataReceived(System.Buffers.ReadOnlySequence<byte> data) =>
            throw new InvalidOperationException(Bug);
    }
}
