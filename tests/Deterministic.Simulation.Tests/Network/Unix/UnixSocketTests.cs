using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Unix sockets within a simulated host: who has a path, and what connections do that have no network.</summary>
public sealed class UnixSocketTests
{
    private const string SocketPath = "/run/app.sock";
    private const string Abstract = "\0app";

    [Theory]
    [InlineData(SocketPath)]
    [InlineData(Abstract)]
    public void A_client_and_a_server_of_one_host_talk(string path)
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            await using StreamServer server = await host.StartUnixServerAsync(EchoAsync, path);
            server.EndPoints.ShouldBe([new UnixDomainSocketEndPoint(path)]);
            await using Connection client = await host.OpenUnixConnectionAsync(path);
            client.RemoteEndPoint.ShouldBe(server.EndPoints[0]);
            client.LocalEndPoint!.ToString().ShouldBeEmpty();
            client.Writer.Write("hello"u8);
            client.Writer.WriteEof();
            Talk.Text(await client.Reader.ReadToEndAsync()).ShouldBe("hello");
            world.Scheduler.Now.ShouldBeLessThan(TimeSpan.FromMilliseconds(0.1), "there is no network in between");
        });
    }

    [Fact]
    public void Each_host_has_paths_of_its_own()
    {
        Talk.Alone(async world =>
        {
            await using StreamServer one = await world.Host("one").StartUnixServerAsync(EchoAsync, SocketPath);
            await RefusedAsync(world.Host("two").OpenUnixConnectionAsync(SocketPath));
            await using StreamServer two = await world.Host("two").StartUnixServerAsync(EchoAsync, SocketPath);
            await using Connection client = await world.Host("two").OpenUnixConnectionAsync(SocketPath);
            two.ConnectionCount.ShouldBeLessThanOrEqualTo(1);
            one.ConnectionCount.ShouldBe(0);
        });
    }

    [Theory]
    [InlineData(SocketPath)]
    [InlineData(Abstract)]
    public void A_path_that_a_server_has_is_in_use_until_its_close(string path)
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            ServerOptions later = new() { StartServing = false };
            StreamServer first = await host.StartUnixServerAsync(EchoAsync, path, later);
            await InUseAsync(host.StartUnixServerAsync(EchoAsync, path));
            await RefusedAsync(host.OpenUnixConnectionAsync(path));
            first.StartServing();
            await InUseAsync(host.StartUnixServerAsync(EchoAsync, path));
            await using Connection client = await host.OpenUnixConnectionAsync(path);
            first.Close();
            await RefusedAsync(host.OpenUnixConnectionAsync(path));
            await host.StartUnixServerAsync(EchoAsync, path);
        });
    }

    [Clause("C-UNIX-05")]
    [Fact]
    public void The_file_goes_with_its_server_unless_it_is_to_stay_and_one_that_stayed_is_replaced()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            StreamServer server = await host.StartUnixServerAsync(EchoAsync, SocketPath);
            host.HasSocketFile(SocketPath).ShouldBeTrue();
            server.Close();
            host.HasSocketFile(SocketPath).ShouldBeFalse();
            server = await host.StartUnixServerAsync(
                EchoAsync,
                SocketPath,
                new ServerOptions { RemoveSocketFile = false }
            );
            server.Close();
            host.HasSocketFile(SocketPath).ShouldBeTrue();
            await RefusedAsync(host.OpenUnixConnectionAsync(SocketPath));
            server = await host.StartUnixServerAsync(EchoAsync, SocketPath);
            server.Close();
            host.HasSocketFile(SocketPath).ShouldBeFalse();
        });
    }

    [Fact]
    public void An_abstract_name_has_no_file_and_is_not_the_path_that_is_written_like_it()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            ServerOptions stays = new() { RemoveSocketFile = false };
            StreamServer named = await host.StartUnixServerAsync(EchoAsync, Abstract, stays);
            host.HasSocketFile(Abstract).ShouldBeFalse();
            StreamServer filed = await host.StartUnixServerAsync(EchoAsync, "@app");
            named.Close();
            filed.IsServing.ShouldBeTrue();
            await RefusedAsync(host.OpenUnixConnectionAsync(Abstract));
            await using Connection client = await host.OpenUnixConnectionAsync("@app");
        });
    }

    [Fact]
    public void What_a_unix_socket_has_not_is_refused()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            await Talk.FailureOfAsync<ArgumentException>(StartAsync(new ServerOptions { ReusePort = true }));
            (
                await Talk.FailureOfAsync<ConnectionException>(
                    StartAsync(new ServerOptions { AddressFamily = AddressFamily.InterNetwork })
                )
            ).Kind.ShouldBe(ConnectionErrorKind.NameNotResolved);
            await StartAsync(new ServerOptions { AddressFamily = AddressFamily.Unix });
            await Talk.FailureOfAsync<ArgumentException>(
                ConnectAsync(new ClientOptions { LocalEndPoint = new IPEndPoint(IPAddress.Any, 0) })
            );
            (
                await Talk.FailureOfAsync<ConnectionException>(
                    ConnectAsync(new ClientOptions { AddressFamily = AddressFamily.InterNetworkV6 })
                )
            ).Kind.ShouldBe(ConnectionErrorKind.NameNotResolved);

            async Task StartAsync(ServerOptions options) =>
                await host.StartUnixServerAsync(EchoAsync, SocketPath, options);

            async Task ConnectAsync(ClientOptions options) => await host.OpenUnixConnectionAsync(SocketPath, options);
        });
    }

    [Fact]
    public void A_writer_whose_peer_does_not_read_is_stopped_at_the_size_of_the_buffer_and_goes_on_later()
    {
        Between(
            async (world, client, server) =>
            {
                int capacity = world.Host("host").TcpOptions.SendBufferBytes;
                byte[] large = new byte[10 * capacity];
                new Random(1).NextBytes(large);
                client.Writer.Write(large);
                Task drain = client.Writer.DrainAsync().AsTask();
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                drain.IsCompleted.ShouldBeFalse();
                byte[] got = await server.Reader.ReadExactlyAsync(large.Length);
                got.ShouldBe(large);
                await drain;
            }
        );
    }

    [Fact]
    public void A_half_ends_alone()
    {
        Between(
            async (_, client, server) =>
            {
                client.Writer.WriteEof();
                (await server.Reader.ReadToEndAsync()).ShouldBeEmpty();
                server.Writer.Write("still"u8);
                Talk.Text(await client.Reader.ReadExactlyAsync(5)).ShouldBe("still");
            }
        );
    }

    [Fact]
    public void The_peer_of_an_abort_reads_what_was_written_and_the_end_and_its_writes_break()
    {
        Between(
            async (_, client, server) =>
            {
                server.Writer.Write("last words"u8);
                server.Abort();
                Talk.Text(await client.Reader.ReadToEndAsync()).ShouldBe("last words");
                client.Writer.Write("too late"u8);
                (await Talk.FailureOfAsync<ConnectionException>(client.Writer.DrainAsync().AsTask())).Kind.ShouldBe(
                    ConnectionErrorKind.BrokenPipe
                );
            }
        );
    }

    [Fact]
    public void The_peer_of_an_abort_whose_bytes_are_unread_is_told_of_a_reset()
    {
        Between(
            async (world, client, server) =>
            {
                // More than the server's reader takes by itself: the rest is the kernel's.
                client.Writer.Write(new byte[400_000]);
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                server.Abort();
                (await Talk.FailureOfAsync<ConnectionException>(client.Reader.ReadAsync(1).AsTask())).Kind.ShouldBe(
                    ConnectionErrorKind.Reset
                );
            }
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(60)]
    public void A_close_discards_what_is_unread_unless_it_must_not_linger(int? seconds)
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            TimeSpan? linger = seconds is { } given ? TimeSpan.FromSeconds(given) : null;
            await host.StartUnixServerAsync(
                async connection =>
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                    connection.Writer.Close();
                },
                SocketPath,
                new ServerOptions { Linger = linger }
            );
            Connection client = await host.OpenUnixConnectionAsync(SocketPath);
            client.Writer.Write(new byte[400_000]);
            Task<byte[]> read = client.Reader.ReadToEndAsync().AsTask();
            if (seconds == 0)
            {
                (await Talk.FailureOfAsync<ConnectionException>(read)).Kind.ShouldBe(ConnectionErrorKind.Reset);
            }
            else
            {
                (await read).ShouldBeEmpty();
            }
        });
    }

    [Fact]
    public void A_close_ends_the_flush_of_the_other_side()
    {
        Between(
            async (world, client, server) =>
            {
                client.Writer.Write(new byte[400_000]);
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                client.Writer.Close();
                Task closed = client.Writer.WaitClosedAsync().AsTask();
                server.Abort();
                await Talk.FailureOfAsync<ConnectionException>(closed);
            }
        );
    }

    [Fact]
    public void Who_finds_the_backlog_full_waits_for_as_long_as_tcp_would()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            StreamServer server = await StartPausedAsync(host);
            Task<Connection> third = host.OpenUnixConnectionAsync(SocketPath).AsTask();
            await Task.Delay(TimeSpan.FromSeconds(10), world.TimeProvider);
            third.IsCompleted.ShouldBeFalse();
            server.Listeners[0].ResumeAccepting();
            await third;
            await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
            server.Listeners[0].PauseAccepting();
            await host.OpenUnixConnectionAsync(SocketPath);
            await host.OpenUnixConnectionAsync(SocketPath);
            TimeSpan before = world.Scheduler.Now;
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                host.OpenUnixConnectionAsync(SocketPath).AsTask()
            );
            error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
            (world.Scheduler.Now - before).TotalSeconds.ShouldBe(127, tolerance: 0.2);
        });
    }

    [Fact]
    public void Who_waits_for_a_full_backlog_can_give_up_and_hears_of_a_close()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            StreamServer server = await StartPausedAsync(host);
            using CancellationTokenSource source = new();
            Task<Connection> waiting = host.OpenUnixConnectionAsync(SocketPath, cancellationToken: source.Token)
                .AsTask();
            source.Cancel();
            waiting.IsCompleted.ShouldBeFalse("not on the canceller's stack");
            await Talk.FailureOfAsync<OperationCanceledException>(waiting);
            waiting = host.OpenUnixConnectionAsync(SocketPath).AsTask();
            server.Close();
            (await Talk.FailureOfAsync<ConnectionException>(waiting)).Kind.ShouldBe(ConnectionErrorKind.Refused);
        });
    }

    [Clause("S-CLOSE-01")]
    [Fact]
    public void Connections_that_nobody_accepted_are_reset_by_the_close()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            StreamServer server = await host.StartUnixServerAsync(EchoAsync, SocketPath);
            server.Listeners[0].PauseAccepting();
            Connection client = await host.OpenUnixConnectionAsync(SocketPath);
            server.Close();
            (await Talk.FailureOfAsync<ConnectionException>(client.Reader.ReadAsync(1).AsTask())).Kind.ShouldBe(
                ConnectionErrorKind.Reset
            );
        });
    }

    [Fact]
    public void Ciphertext_is_told_to_the_trace_by_its_length_only()
    {
        Hash(1, secret: false).ShouldNotBe(Hash(2, secret: false));
        Hash(1, secret: true).ShouldBe(Hash(2, secret: true));

        static ulong Hash(byte content, bool secret) =>
            Talk.Alone(async world =>
            {
                SimulatedHost host = world.Host("host");
                await using StreamServer server = await host.StartUnixServerAsync(EchoAsync, SocketPath);
                Transport transport = await host.ConnectAsync(
                    new UnixDomainSocketEndPoint(SocketPath),
                    ClientOptions.Default,
                    default
                );
                if (secret)
                {
                    transport.CarryCiphertext();
                }

                transport.TrySend([content]);
                transport.Abort();
            }).Trace.Hash;
    }

    private static async Task<StreamServer> StartPausedAsync(SimulatedHost host)
    {
        StreamServer server = await host.StartUnixServerAsync(EchoAsync, SocketPath, new ServerOptions { Backlog = 1 });
        server.Listeners[0].PauseAccepting();
        await host.OpenUnixConnectionAsync(SocketPath);
        await host.OpenUnixConnectionAsync(SocketPath);
        return server;
    }

    private static void Between(Func<SimulatedWorld, Connection, Connection, Task> program) =>
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            TaskCompletionSource<Connection> accepted = new();
            TaskCompletionSource over = new();
            await using StreamServer server = await host.StartUnixServerAsync(
                connection =>
                {
                    accepted.SetResult(connection);
                    return over.Task;
                },
                SocketPath
            );
            Connection client = await host.OpenUnixConnectionAsync(SocketPath);
            await program(world, client, await accepted.Task);
            over.SetResult();
        });

    private static async Task EchoAsync(Connection connection) =>
        connection.Writer.Write(await connection.Reader.ReadToEndAsync());

    private static async Task RefusedAsync(ValueTask<Connection> connecting) =>
        (await Talk.FailureOfAsync<ConnectionException>(connecting.AsTask())).Kind.ShouldBe(
            ConnectionErrorKind.Refused
        );

    private static async Task InUseAsync(ValueTask<StreamServer> starting) =>
        (await Talk.FailureOfAsync<ConnectionException>(starting.AsTask())).Kind.ShouldBe(
            ConnectionErrorKind.AddressInUse
        );
}
