using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>The parameters of asyncio's functions that connect and serve: each changes what happens.</summary>
public sealed class ParameterTests
{
    private static readonly byte[] Line = Talk.Bytes("0123456789\n");

    [Clause("C-OPEN-06", "C-SRV-01")]
    [Documented("open_connection(host)", "open_connection(port)", "start_server(host)", "start_server(port)")]
    [Fact]
    public void Each_host_and_port_leads_to_the_server_that_is_there() =>
        Talk.Alone(async world =>
        {
            foreach (string name in new[] { "one", "two" })
            {
                foreach (int port in new[] { 80, 81 })
                {
                    await world.Host(name).StartServerAsync(c => SayAsync(c, $"{name}:{port}"), name, port);
                }
            }

            foreach (string name in new[] { "two", "one" })
            {
                foreach (int port in new[] { 81, 80 })
                {
                    await using Connection client = await world.Host("client").OpenConnectionAsync(name, port);
                    Talk.Text(await client.Reader.ReadToEndAsync()).ShouldBe($"{name}:{port}");
                }
            }
        });

    [Clause("C-SRV-01")]
    [Documented("start_server(host)")]
    [Fact]
    public void A_server_at_one_address_is_not_at_the_others_of_its_host() =>
        Talk.Alone(async world =>
        {
            SimulatedHost server = world.Host("server");
            await server.StartServerAsync(c => SayAsync(c, "here"), server.Address.ToString(), 80);
            await using Connection client = await world
                .Host("client")
                .OpenConnectionAsync(new IPEndPoint(server.Address, 80));
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                world.Host("client").OpenConnectionAsync(new IPEndPoint(server.Addresses[1], 80)).AsTask()
            );
            error.Kind.ShouldBe(ConnectionErrorKind.Refused);
        });

    [Clause("C-UNIX-01", "C-UNIX-03")]
    [Documented("open_unix_connection(path)", "start_unix_server(path)")]
    [Fact]
    public void Each_path_leads_to_the_server_that_is_there() =>
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            foreach (string path in new[] { "/run/a", "/run/b" })
            {
                await host.StartUnixServerAsync(c => SayAsync(c, path), path);
            }

            foreach (string path in new[] { "/run/b", "/run/a" })
            {
                await using Connection client = await host.OpenUnixConnectionAsync(path);
                Talk.Text(await client.Reader.ReadToEndAsync()).ShouldBe(path);
            }
        });

    [Clause("P-02")]
    [Documented("start_server(client_connected_cb)", "start_unix_server(client_connected_cb)")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_callback_is_called_once_for_each_connection(bool isUnix) =>
        Run(
            isUnix,
            async way =>
            {
                int calls = 0;
                await using StreamServer server = await way.ServeAsync(c => SayAsync(c, $"{++calls}"));
                for (int number = 1; number <= 3; number++)
                {
                    await using Connection client = await way.ConnectAsync();
                    Talk.Text(await client.Reader.ReadToEndAsync()).ShouldBe($"{number}");
                }

                calls.ShouldBe(3);
            }
        );

    [Clause("R-CTOR-01")]
    [Documented("open_connection(limit)", "open_unix_connection(limit)")]
    [Theory]
    [InlineData(false, 9, false)]
    [InlineData(false, 10, true)]
    [InlineData(true, 9, false)]
    [InlineData(true, 10, true)]
    public void A_client_reads_lines_up_to_its_limit(bool isUnix, int limit, bool fits) =>
        Run(
            isUnix,
            async way =>
            {
                await using StreamServer server = await way.ServeAsync(connection =>
                {
                    connection.Writer.Write(Line);
                    return connection.Reader.ReadToEndAsync().AsTask();
                });
                await using Connection client = await way.ConnectAsync(new ClientOptions { Limit = limit });
                (await FitsAsync(client.Reader)).ShouldBe(fits);
            }
        );

    [Clause("R-CTOR-01")]
    [Documented("start_server(limit)", "start_unix_server(limit)")]
    [Theory]
    [InlineData(false, 9, false)]
    [InlineData(false, 10, true)]
    [InlineData(true, 9, false)]
    [InlineData(true, 10, true)]
    public void A_server_reads_lines_up_to_its_limit(bool isUnix, int limit, bool fits) =>
        Run(
            isUnix,
            async way =>
            {
                List<bool> fitted = [];
                await using StreamServer server = await way.ServeAsync(
                    async connection => fitted.Add(await FitsAsync(connection.Reader)),
                    new ServerOptions { Limit = limit }
                );
                await using Connection client = await way.ConnectAsync();
                client.Writer.Write(Line);
                await client.Reader.ReadToEndAsync();
                fitted.ShouldBe([fits]);
            }
        );

    /// <summary>As on Linux one more fits than is asked for.</summary>
    [Clause("C-SRV-10")]
    [Documented("start_server(backlog)", "start_unix_server(backlog)")]
    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(false, 5)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(true, 5)]
    public void So_many_wait_to_be_accepted_and_no_more(bool isUnix, int backlog) =>
        Run(
            isUnix,
            async way =>
            {
                StreamServer server = await way.ServeAsync(
                    _ => Task.CompletedTask,
                    new ServerOptions { Backlog = backlog }
                );
                server.Listeners[0].PauseAccepting();
                List<Task<Connection>> clients = [];
                for (int number = 0; number < 10; number++)
                {
                    clients.Add(way.ConnectAsync().AsTask());
                    await way.PassAsync(TimeSpan.FromSeconds(1));
                }

                clients.Count(client => client.IsCompletedSuccessfully).ShouldBe(backlog + 1);
                server.Listeners[0].ResumeAccepting();
                await Task.WhenAll(clients);
            }
        );

    [Clause("C-OPEN-06")]
    [Documented("open_connection(family)")]
    [Theory]
    [InlineData(AddressFamily.InterNetwork, 0)]
    [InlineData(AddressFamily.InterNetworkV6, 1)]
    public void A_client_connects_to_addresses_of_the_family(AddressFamily family, int number) =>
        Talk.Alone(async world =>
        {
            SimulatedHost server = world.Host("server");
            world.AddName("service", server.Addresses[0], server.Addresses[1]);
            await server.StartServerAsync(c => SayAsync(c, ""), port: 80);
            await using Connection client = await world
                .Host("client")
                .OpenConnectionAsync("service", 80, new ClientOptions { AddressFamily = family });
            client.RemoteEndPoint.ShouldBe(new IPEndPoint(server.Addresses[number], 80));
        });

    [Clause("C-SRV-01")]
    [Documented("start_server(family)")]
    [Theory]
    [InlineData(AddressFamily.Unspecified, 2)]
    [InlineData(AddressFamily.InterNetwork, 1)]
    [InlineData(AddressFamily.InterNetworkV6, 1)]
    public void A_server_serves_at_addresses_of_the_family(AddressFamily family, int count) =>
        Talk.Alone(async world =>
        {
            StreamServer server = await world
                .Host("server")
                .StartServerAsync(
                    c => SayAsync(c, ""),
                    port: 80,
                    options: new ServerOptions { AddressFamily = family }
                );
            server.EndPoints.Count.ShouldBe(count);
            if (count == 1)
            {
                server.EndPoints[0].AddressFamily.ShouldBe(family);
            }
        });

    [Clause("C-SRV-06")]
    [Documented("start_server(start_serving)", "start_unix_server(start_serving)")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bound_only_a_server_refuses_until_it_is_started(bool isUnix) =>
        Run(
            isUnix,
            async way =>
            {
                await using StreamServer server = await way.ServeAsync(
                    c => SayAsync(c, "started"),
                    new ServerOptions { StartServing = false }
                );
                ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(way.ConnectAsync().AsTask());
                error.Kind.ShouldBe(ConnectionErrorKind.Refused);
                server.StartServing();
                await using Connection client = await way.ConnectAsync();
                Talk.Text(await client.Reader.ReadToEndAsync()).ShouldBe("started");
            }
        );

    private static void Run(bool isUnix, Func<Way, Task> program) =>
        Talk.Alone(world => program(new Way(world, isUnix)));

    private static Task SayAsync(Connection connection, string text)
    {
        connection.Writer.Write(Talk.Bytes(text));
        return Task.CompletedTask;
    }

    private static async Task<bool> FitsAsync(AsyncStreamReader reader)
    {
        try
        {
            (await reader.ReadLineAsync()).ShouldBe(Line);
            return true;
        }
        catch (LimitOverrunException)
        {
            return false;
        }
    }
}
