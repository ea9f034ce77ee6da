using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Tests;

/// <summary>Unix sockets within a simulated host: who has a path, and who waits for it.</summary>
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
    [Documented("start_unix_server(cleanup_socket)")]
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
                    transport.MarkEncrypted();
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
