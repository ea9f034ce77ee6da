using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>Clients that are many, or gone too soon.</summary>
internal static class ClientsCases
{
    /// <summary>Some are gone before they are accepted, some before their handler starts, some while it runs: where is up to the world.</summary>
    private const int HastyClients = 50;

    public static IEnumerable<ContractCase> All =>
        [
            new("serve/several", "several servers of one place keep their clients apart", SeveralAsync),
            new("serve/hasty-clients", "clients that are gone before they are served harm nothing", HastyClientsAsync),
            new(
                "serve/most-connections",
                "at its bound a server lets clients wait, and serves them in their turn",
                MostConnectionsAsync,
                ContractCapabilities.Pausing
            ),
        ];

    private static async Task SeveralAsync(ContractWorld world)
    {
        const int count = 5;
        List<StreamServer> servers = [];
        for (int number = 0; number < count; number++)
        {
            byte[] name = Payload.Text($"server {number}\n");
            servers.Add(
                await world.ServeAsync(connection =>
                {
                    connection.Writer.Write(name);
                    return Task.CompletedTask;
                })
            );
        }

        Check.Same(
            count,
            servers.Select(server => server.EndPoints[0]).Distinct().Count(),
            "the addresses of so many servers"
        );
        foreach (int number in Enumerable.Range(0, count).Reverse())
        {
            await using Connection connection = await world.ConnectAsync(servers[number]);
            Check.SameText($"server {number}\n", await connection.Reader.ReadToEndAsync(), "who answers");
            Check.Same(servers[number].EndPoints[0], connection.RemoteEndPoint, "whom the client is connected to");
        }

        foreach (StreamServer server in servers)
        {
            await server.DisposeAsync();
        }
    }

    private static async Task HastyClientsAsync(ContractWorld world)
    {
        await using StreamServer server = await Echo.StartAsync(world);
        for (int client = 1; client <= HastyClients; client++)
        {
            Connection connection = await world.ConnectAsync(server);
            connection.Writer.Write("never mind"u8);
            connection.Abort();
        }

        await using Connection late = await world.ConnectAsync(server);
        await Echo.CheckAsync(late, "still serving");
        await late.DisposeAsync();
        server.Close();
        await server.WaitClosedAsync();
        Check.Same(0, server.ConnectionCount, "the connections of a server that is over");
    }

    private static async Task MostConnectionsAsync(ContractWorld world)
    {
        const int most = 3;
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        int handlers = 0;
        await using StreamServer server = await world.ServeAsync(
            async (reader, writer) =>
            {
                Check.That(
                    Interlocked.Increment(ref handlers) <= most,
                    "a server never serves more connections at once than it wants"
                );
                await Echo.ServeAsync(reader, writer);
                Interlocked.Decrement(ref handlers);
            },
            new ServerOptions { MaxConnections = most }
        );
        Queue<Connection> open = [];
        for (int number = 0; number < most; number++)
        {
            open.Enqueue(await ConnectAndCheckAsync(world, server));
        }

        List<Task<Connection>> waiting =
        [
            .. Enumerable.Range(0, most).Select(_ => ConnectAndCheckAsync(world, server)),
        ];
        await pulse.UntilCalmAsync(() => 0, unless: Task.WhenAny(waiting));
        Check.That(!waiting.Exists(wait => wait.IsCompleted), "who comes when the server is full waits");
        Check.Same(most, server.ConnectionCount, "the connections that a listener has delivered to a full server");

        // Over TLS a place is taken only after the handshake, so several can be delivered for one place.
        bool placedWhenAccepted = world.WithServer(ServerOptions.Default).Tls is null;
        while (waiting.Count > 0)
        {
            Check.That(
                !placedWhenAccepted || server.ConnectionCount <= most,
                "a listener that was paused within a delivery delivers no more"
            );
            await open.Dequeue().DisposeAsync();
            Task<Connection> served = await Task.WhenAny(waiting);
            waiting.Remove(served);
            open.Enqueue(await served);
        }

        foreach (Connection connection in open)
        {
            await connection.DisposeAsync();
        }

        Check.Same(null, server.LastFailure, "what failed");
    }

    private static async Task<Connection> ConnectAndCheckAsync(ContractWorld world, StreamServer server)
    {
        Connection connection = await world.ConnectAsync(server);
        await Echo.CheckAsync(connection, "in turn");
        return connection;
    }
}
