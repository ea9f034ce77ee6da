using System.Security.Cryptography.X509Certificates;
using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Simulation.Scheduling;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

public sealed class SimulatedTlsTests
{
    /// <summary>One certificate for all runs: the lengths of its parts are in the trace.</summary>
    private static readonly X509Certificate2 Certificate = Certificates.Issue("server");

    private static readonly ServerOptions ServerOptions = new() { Tls = new TlsServerOptions(Certificate) };

    private static readonly ClientOptions ClientOptions = new()
    {
        Tls = new TlsClientOptions { Authentication = Certificates.ClientAuthentication() },
    };

    private static readonly FaultProfile Cuts = FaultProfiles.Hostile.Without(FaultKind.Reset, FaultKind.Refused) with
    {
        Name = "cuts",
    };

    [Fact]
    public void A_conversation_over_tls_on_a_bad_network_is_the_same_in_every_run_of_a_seed()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SimulatedWorld first = Converse(seed);
            SimulatedWorld second = Converse(seed);
            second.Trace.Count.ShouldBe(first.Trace.Count);
            second.Trace.Hash.ShouldBe(first.Trace.Hash);
        }
    }

    [Fact]
    public void Whatever_a_hostile_network_does_every_wait_ends_and_every_run_is_the_same()
    {
        HashSet<string> ends = [];
        for (ulong seed = 1; seed <= 60; seed++)
        {
            (SimulatedWorld first, string end) = Struggle(seed);
            Struggle(seed).World.Trace.Hash.ShouldBe(first.Trace.Hash);
            ends.Add(end);
        }

        ends.ShouldContain("closed");
        ends.ShouldContain(nameof(ConnectionErrorKind.Reset));
    }

    [Clause("W-STLS-07")]
    [Fact]
    public void A_handshake_times_out_in_virtual_time()
    {
        SimulatedWorld world = new(1);
        world
            .Run(
                async () =>
                {
                    // A server that speaks no TLS, and says nothing.
                    await using StreamServer server = await world
                        .Host("server")
                        .StartServerAsync(async connection => await connection.Reader.ReadToEndAsync(), port: 7);
                    ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                        world.Host("client").OpenConnectionAsync("server", 7, ClientOptions).AsTask()
                    );
                    error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
                    world.Scheduler.Now.ShouldBeInRange(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(61));
                },
                World.Limits
            )
            .ThrowIfNotCompleted();
    }

    [Fact]
    public void A_server_that_closes_whom_it_has_just_accepted_has_no_failure_however_early_it_does_so()
    {
        // Everything takes a millisecond, so that the accept and the close are due at one instant, in an order of the tape's.
        FaultProfile even = FaultProfiles.Calm with
        {
            Latency = LatencyDistribution.Constant(TimeSpan.FromMilliseconds(1)),
        };
        for (ulong seed = 1; seed <= 40; seed++)
        {
            SimulatedWorld world = new(seed, even);
            List<Exception> errors = [];
            world
                .Run(
                    async () =>
                    {
                        StreamServer server = await world
                            .Host("server")
                            .StartServerAsync(
                                _ => Task.CompletedTask,
                                port: 7,
                                options: ServerOptions with
                                {
                                    OnError = errors.Add,
                                }
                            );
                        Task<Connection> silent = world.Host("client").OpenConnectionAsync("server", 7).AsTask();
                        await Task.Delay(TimeSpan.FromMilliseconds(3), world.TimeProvider);
                        await server.DisposeAsync();
                        (await silent).Abort();
                    },
                    World.Limits
                )
                .ThrowIfNotCompleted();
            errors.ShouldBeEmpty();
        }
    }

    [Fact]
    public void Certificates_are_valid_at_virtual_time()
    {
        SimulatedWorld world = new(1);
        DateTimeOffset end = VirtualTimeProvider.Epoch.AddMinutes(30);
        using X509Certificate2 brief = Certificates.Issue(
            Certificates.Authority,
            VirtualTimeProvider.Epoch.AddMinutes(-1),
            end,
            "server"
        );
        world
            .Run(
                async () =>
                {
                    await using StreamServer server = await world
                        .Host("server")
                        .StartServerAsync(_ => Task.CompletedTask, port: 7, options: new() { Tls = new(brief) });
                    SimulatedHost client = world.Host("client");
                    await using (await client.OpenConnectionAsync("server", 7, ClientOptions)) { }
                    await Task.Delay(TimeSpan.FromHours(1), world.TimeProvider);
                    ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                        client.OpenConnectionAsync("server", 7, ClientOptions).AsTask()
                    );
                    error.Kind.ShouldBe(ConnectionErrorKind.CertificateRejected);
                    error.Message.ShouldContain("it expired on 2000-01-01 00:30:00Z");
                },
                World.Limits
            )
            .ThrowIfNotCompleted();
    }

    private static SimulatedWorld Converse(ulong seed)
    {
        SimulatedWorld world = new(seed, Cuts);
        world
            .Run(
                async () =>
                {
                    await using StreamServer server = await world
                        .Host("server")
                        .StartServerAsync(EchoAsync, port: 7, options: ServerOptions);
                    await using Connection connection = await world
                        .Host("client")
                        .OpenConnectionAsync("server", 7, ClientOptions);
                    byte[] sent = new byte[world.Random.Next(1, 100_000)];
                    world.Random.NextBytes(sent);
                    Task<byte[]> echo = connection.Reader.ReadExactlyAsync(sent.Length).AsTask();
                    connection.Writer.Write(sent);
                    (await echo).ShouldBe(sent);
                    connection.Tls!.ServerName.ShouldBe("server");
                    connection.Writer.Close();
                    await connection.Writer.WaitClosedAsync();
                },
                World.Limits
            )
            .ThrowIfNotCompleted();
        return world;
    }

    /// <summary>A conversation in which both sides start TLS in mid-stream, and the network may cut it off at any point.</summary>
    private static (SimulatedWorld World, string End) Struggle(ulong seed)
    {
        SimulatedWorld world = new(seed, FaultProfiles.Hostile);
        string end = "";
        world
            .Run(
                async () =>
                {
                    await using StreamServer server = await world
                        .Host("server")
                        .StartServerAsync(
                            async connection =>
                            {
                                await connection.Reader.ReadLineAsync();
                                connection.Writer.Write("go\n"u8);
                                await connection.StartTlsAsync(ServerOptions.Tls!);
                                await EchoAsync(connection.Reader, connection.Writer);
                            },
                            port: 7
                        );
                    end = await TalkAsync(world);
                },
                World.Limits
            )
            .ThrowIfNotCompleted();
        return (world, end);
    }

    private static async Task<string> TalkAsync(SimulatedWorld world)
    {
        try
        {
            await using Connection connection = await world.Host("client").OpenConnectionAsync("server", 7);
            connection.Writer.Write("STARTTLS\n"u8);
            await connection.Reader.ReadLineAsync();
            await connection.StartTlsAsync(ClientOptions.Tls!);
            byte[] sent = new byte[world.Random.Next(1, 20_000)];
            connection.Writer.Write(sent);
            await connection.Reader.ReadExactlyAsync(sent.Length);
            connection.Writer.Close();
            await connection.Writer.WaitClosedAsync();
            return "closed";
        }
        catch (ConnectionException error)
        {
            return error.Kind.ToString();
        }
    }

    private static async Task EchoAsync(AsyncStreamReader reader, AsyncStreamWriter writer)
    {
        while (await reader.ReadAsync(10_000) is { Length: > 0 } data)
        {
            writer.Write(data);
            await writer.DrainAsync();
        }
    }
}
