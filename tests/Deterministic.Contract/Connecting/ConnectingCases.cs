using System.Net;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>Connections come about, or do not, and say so.</summary>
internal static class ConnectingCases
{
    private const int MaxBytesEach = 4_000;

    public static IEnumerable<ContractCase> All =>
        [
            new("connect/serve", "a client and a server talk, and agree on their addresses", ServeAsync),
            new("connect/facts", "what a connection tells of itself stays known after its close", FactsAsync),
            new("connect/crowd", "hundreds of connections at once each see only their own bytes", CrowdAsync),
            new(
                "connect/refused",
                "connecting to where nobody listens is refused, and harms nothing",
                RefusedAsync,
                ContractCapabilities.Refusal
            ),
            new(
                "connect/unreachable",
                "connecting to where no route leads says so, and harms nothing",
                UnreachableAsync,
                ContractCapabilities.Unreachable
            ),
            new("connect/ipv6", "IPv6 addresses are bound and connected to", Ipv6Async, ContractCapabilities.Ipv6),
        ];

    /// <summary>After a failure: the next attempt is none the worse.</summary>
    public static async Task CheckConnectsAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        await pair.CheckUsableAsync();
    }

    private static async Task ServeAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        Check.Same(pair.Server.LocalEndPoint, pair.Client.RemoteEndPoint, "whom the client is connected to");
        Check.Same(pair.Client.LocalEndPoint, pair.Server.RemoteEndPoint, "whom the server is connected to");
        await pair.CheckUsableAsync();
    }

    private static async Task FactsAsync(ContractWorld world)
    {
        foreach (bool client in new[] { true, false })
        {
            await using Pair pair = await Pair.ConnectAsync(world);
            AsyncStreamWriter writer = (client ? pair.Client : pair.Server).Writer;
            EndPoint? local = writer.LocalEndPoint;
            EndPoint? remote = writer.RemoteEndPoint;
            CheckFacts();
            writer.Close();
            CheckFacts();
            await pair.CloseAsync();
            CheckFacts();

            void CheckFacts()
            {
                Check.Same(local, writer.LocalEndPoint, "the own address");
                Check.Same(remote, writer.RemoteEndPoint, "the peer's address");
                Check.Same(local, writer.GetExtraInfo("sockname"), "the fact 'sockname'");
                Check.Same(remote, writer.GetExtraInfo("peername"), "the fact 'peername'");
                Check.Same("none", writer.GetExtraInfo("no such fact", "none"), "a fact that nobody knows");
            }
        }
    }

    private static async Task CrowdAsync(ContractWorld world)
    {
        // As many may wait to be accepted: what a full backlog does is another matter.
        await using StreamServer server = await world.ServeAsync(
            Echo.ServeAsync,
            new ServerOptions { Backlog = world.Crowd }
        );
        byte[][] payloads =
        [
            .. Enumerable.Range(0, world.Crowd).Select(_ => Payload.Random(world, world.Random.Next(1, MaxBytesEach))),
        ];
        Connection[] crowd = await Task.WhenAll(payloads.Select(_ => world.ConnectAsync(server).AsTask()));
        await Task.WhenAll(crowd.Zip(payloads, TalkAsync));
        Check.Same(world.Crowd, server.ConnectionCount, "the connections that are open at once");
        await Task.WhenAll(crowd.Select(connection => connection.DisposeAsync().AsTask()));
        server.Close();
        await server.WaitClosedAsync();
    }

    private static async Task TalkAsync(Connection connection, byte[] payload)
    {
        connection.Writer.Write(payload);
        byte[] back = await connection.Reader.ReadExactlyAsync(payload.Length);
        Check.SameBytes(payload, back, "what one of many got back");
    }

    private static async Task RefusedAsync(ContractWorld world)
    {
        EndPoint vacant;
        await using (StreamServer gone = await Echo.StartAsync(world))
        {
            vacant = gone.EndPoints[0];
        }

        await FailsAsync(world, vacant, ConnectionErrorKind.Refused, "connecting to where nobody listens");
    }

    private static Task UnreachableAsync(ContractWorld world) =>
        FailsAsync(
            world,
            Check.Given(world.UnreachableAddress, nameof(world.UnreachableAddress)),
            ConnectionErrorKind.Unreachable,
            "connecting to where no route leads"
        );

    private static async Task FailsAsync(ContractWorld world, EndPoint remote, ConnectionErrorKind kind, string what)
    {
        ConnectionException error = await Check.ThrowsAsync<ConnectionException>(
            () => world.ConnectAsync(remote).AsTask(),
            what
        );
        Check.Same(kind, error.Kind, $"why {what} failed");
        await CheckConnectsAsync(world);
    }

    private static async Task Ipv6Async(ContractWorld world)
    {
        await using StreamServer server = await world.ServeAsync(
            Echo.ServeAsync,
            at: new IPEndPoint(IPAddress.IPv6Loopback, 0)
        );
        Check.Same(IPAddress.IPv6Loopback, ((IPEndPoint)server.EndPoints[0]).Address, "the server's address");
        await using Connection connection = await (world with { Client = world.Server }).ConnectAsync(server);
        Check.Same(server.EndPoints[0], connection.RemoteEndPoint, "whom the client is connected to");
        await Echo.CheckAsync(connection, "six");
    }
}
