using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>What clients can cost a server that bounds them, in virtual time.</summary>
public sealed class ExposedServerTests
{
    private static readonly TlsServerOptions Tls = new(Certificates.Issue("server"));

    private static readonly ClientOptions TlsClient = new()
    {
        Tls = new TlsClientOptions { Authentication = Certificates.ClientAuthentication() },
    };

    [Clause("C-SRV-07", "W-STLS-07")]
    [Fact]
    public void Every_handshake_that_times_out_is_reported_once_in_every_run()
    {
        const int Silent = 40;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SimulatedWorld world = new(seed, FaultProfiles.LossyWan);
            List<Exception> errors = [];
            world
                .Run(
                    async () =>
                    {
                        await using StreamServer server = await ServeAsync(
                            world,
                            new()
                            {
                                Tls = Tls with { HandshakeTimeout = TimeSpan.FromMilliseconds(200) },
                                OnError = errors.Add,
                            }
                        );
                        for (int number = 0; number < Silent; number++)
                        {
                            Connection client = await world.Host("client").OpenConnectionAsync("server", 80);
                            await Talk.FailureOfAsync<ConnectionException>(client.Writer.WaitClosedAsync().AsTask());
                        }

                        server.FailureCount.ShouldBe(Silent);
                    },
                    World.Limits
                )
                .ThrowIfNotCompleted();
            errors.Count.ShouldBe(Silent, $"seed {seed}");
            errors.ShouldAllBe(error => ((ConnectionException)error).Kind == ConnectionErrorKind.TimedOut);
        }
    }

    [Clause("W-CLOSE-06", "S-FAIL-01")]
    [Theory]
    [InlineData(null, 30)]
    [InlineData(7, 7)]
    public void A_close_that_the_client_does_not_take_ends_in_time(int? given, int seconds)
    {
        Talk.Alone(async world =>
        {
            TaskCompletionSource<Connection> accepted = new();
            ServerOptions options = new();
            await using StreamServer server = await world
                .Host("server")
                .StartServerAsync(
                    connection =>
                    {
                        connection.Writer.Write(new byte[10_000_000]);
                        accepted.SetResult(connection);
                        return Task.CompletedTask;
                    },
                    port: 80,
                    options: given is { } value
                        ? options with
                        {
                            ShutdownTimeout = TimeSpan.FromSeconds(value),
                        }
                        : options
                );
            Connection client = await world
                .Host("client")
                .OpenConnectionAsync("server", 80, new ClientOptions { Limit = 1000 });
            Connection served = await accepted.Task;
            TimeSpan before = world.Scheduler.Now;
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                served.Writer.WaitClosedAsync().AsTask()
            );
            error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);

            // The time counts from the last byte that was taken, which was just after the close.
            (world.Scheduler.Now - before).ShouldBeInRange(
                TimeSpan.FromSeconds(seconds),
                TimeSpan.FromSeconds(seconds + 1)
            );
            served.Writer.Buffered.ShouldBe(0);
            server.LastFailure.ShouldBeSameAs(error);
            server.FailureCount.ShouldBe(1);
            client.Abort();
        });
    }

    [Clause("S-IDLE-01")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_connection_on_which_nothing_moves_ends_when_the_time_is_up(bool overTls)
    {
        Talk.Alone(async world =>
        {
            TimeSpan idle = TimeSpan.FromMinutes(2);
            TimeSpan began = default;
            TimeSpan ended = default;
            Exception? seen = null;
            await using StreamServer server = await world
                .Host("server")
                .StartServerAsync(
                    async connection =>
                    {
                        began = world.Scheduler.Now;
                        seen = await Talk.FailureOfAsync<ConnectionException>(
                            connection.Reader.ReadLineAsync().AsTask()
                        );
                        ended = world.Scheduler.Now;
                    },
                    port: 80,
                    options: new ServerOptions { IdleTimeout = idle, Tls = overTls ? Tls : null }
                );
            Connection client = await world
                .Host("client")
                .OpenConnectionAsync("server", 80, overTls ? TlsClient : null);
            await Talk.FailureOfAsync<ConnectionException>(client.Reader.ReadAsync().AsTask());
            if (overTls)
            {
                // Session tickets, and what acknowledges the handshake, are bytes too.
                (ended - began).ShouldBeInRange(idle, idle + TimeSpan.FromSeconds(1));
            }
            else
            {
                (ended - began).ShouldBe(idle);
            }

            seen.ShouldBeOfType<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.TimedOut);
            server.LastFailure.ShouldBeSameAs(seen);
            server.FailureCount.ShouldBe(1);
            server.ConnectionCount.ShouldBe(0);
        });
    }

    [Clause("S-IDLE-01", "C-MAX-01")]
    [Fact]
    public void Silent_clients_give_their_places_to_others()
    {
        Talk.Alone(async world =>
        {
            const int Places = 50;
            TimeSpan idle = TimeSpan.FromSeconds(60);
            await using StreamServer server = await ServeAsync(
                world,
                new() { MaxConnections = Places, IdleTimeout = idle }
            );
            for (int number = 0; number < Places; number++)
            {
                _ = await world.Host("client").OpenConnectionAsync("server", 80);
            }

            TimeSpan before = world.Scheduler.Now;
            await using Connection client = await world.Host("client").OpenConnectionAsync("server", 80);
            await CheckEchoAsync(client);
            (world.Scheduler.Now - before).ShouldBeLessThan(idle + TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
            server.FailureCount.ShouldBe(Places);
        });
    }

    [Clause("C-MAX-01", "C-MAX-02")]
    [Theory]
    [InlineData(1000, 0)]
    [InlineData(30, 5)]
    public void Clients_that_make_no_handshake_keep_nobody_from_being_served(int handshakes, int seconds)
    {
        Talk.Alone(async world =>
        {
            const int Places = 20;
            await using StreamServer server = await ServeAsync(
                world,
                new()
                {
                    MaxConnections = Places,
                    MaxHandshakes = handshakes,
                    Tls = Tls,
                }
            );
            for (int number = 0; number < 30; number++)
            {
                _ = await world.Host("client").OpenConnectionAsync("server", 80);
            }

            TimeSpan before = world.Scheduler.Now;
            await using Connection client = await world.Host("client").OpenConnectionAsync("server", 80, TlsClient);
            await CheckEchoAsync(client);
            (world.Scheduler.Now - before).ShouldBeInRange(
                TimeSpan.FromSeconds(seconds) - TimeSpan.FromSeconds(1),
                TimeSpan.FromSeconds(seconds + 1)
            );
        });
    }

    private static ValueTask<StreamServer> ServeAsync(SimulatedWorld world, ServerOptions options) =>
        world
            .Host("server")
            .StartServerAsync(
                async connection =>
                {
                    while (await connection.Reader.ReadAsync(1000) is { Length: > 0 } data)
                    {
                        connection.Writer.Write(data);
                        await connection.Writer.DrainAsync();
                    }
                },
                port: 80,
                options: options
            );

    private static async Task CheckEchoAsync(Connection client)
    {
        client.Writer.Write("hello"u8);
        (await client.Reader.ReadExactlyAsync(5)).ShouldBe(Talk.Bytes("hello"));
    }
}
