using System.Net;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>Connections come about, or do not, and say so.</summary>
internal static class ConnectingCases
{
    private const int Crowd = 100;
    private const int MaxBytesEach = 20_000;

    /// <summary>Where a cancellation meets an attempt is up to the world; several meet it in several places.</summary>
    private const int Attempts = 20;

    public static IEnumerable<ContractCase> All =>
        [
            new("connect/serve", "a client and a server talk, and agree on their addresses", ServeAsync),
            new("connect/hundred", "a hundred connections at once each see only their own bytes", HundredAsync),
            new(
                "connect/refused",
                "connecting to where nobody listens is refused, and harms nothing",
                RefusedAsync,
                ContractCapabilities.Refusal
            ),
            new("connect/cancelled-before", "a connect with a cancelled token does not begin", CancelledBeforeAsync),
            new(
                "connect/cancelled-midway",
                "a connect that is given up leaves no connection behind",
                CancelledMidwayAsync
            ),
            new("connect/ipv6", "IPv6 addresses are bound and connected to", Ipv6Async, ContractCapabilities.Ipv6),
        ];

    private static async Task ServeAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        Check.Same(pair.Server.LocalEndPoint, pair.Client.RemoteEndPoint, "whom the client is connected to");
        Check.Same(pair.Client.LocalEndPoint, pair.Server.RemoteEndPoint, "whom the server is connected to");
        await pair.CheckUsableAsync();
    }

    private static async Task HundredAsync(ContractWorld world)
    {
        await using StreamServer server = await Echo.StartAsync(world);
        byte[][] payloads =
        [
            .. Enumerable.Range(0, Crowd).Select(_ => Payload.Random(world, world.Random.Next(1, MaxBytesEach))),
        ];
        await Task.WhenAll(payloads.Select(payload => TalkAsync(world, server, payload)));
    }

    private static async Task TalkAsync(ContractWorld world, StreamServer server, byte[] payload)
    {
        await using Connection connection = await world.Client.OpenConnectionAsync(server.EndPoints[0]);
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

        ConnectionException error = await Check.ThrowsAsync<ConnectionException>(
            () => world.Client.OpenConnectionAsync(vacant).AsTask(),
            "connecting to where nobody listens"
        );
        Check.Same(ConnectionErrorKind.Refused, error.Kind, "why the connect failed");
        await CheckConnectsAsync(world);
    }

    private static async Task CancelledBeforeAsync(ContractWorld world)
    {
        await using StreamServer server = await Echo.StartAsync(world);
        using CancellationTokenSource source = new();
        source.Cancel();
        await Check.ThrowsAsync<OperationCanceledException>(
            () => world.Client.OpenConnectionAsync(server.EndPoints[0], null, source.Token).AsTask(),
            "a connect with a cancelled token"
        );
        Check.Same(0, server.ConnectionCount, "the server's connections");
        await CheckConnectsAsync(world);
    }

    private static async Task CancelledMidwayAsync(ContractWorld world)
    {
        await using StreamServer server = await Echo.StartAsync(world);
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            await GiveUpAsync(world, server);
        }

        await CheckConnectsAsync(world);
        server.Close();
        await server.WaitClosedAsync();
    }

    /// <summary>An attempt may be quicker than its cancellation; then the connection is as good as any.</summary>
    private static async Task GiveUpAsync(ContractWorld world, StreamServer server)
    {
        using CancellationTokenSource source = new();
        Task<Connection> connecting = world
            .Client.OpenConnectionAsync(server.EndPoints[0], null, source.Token)
            .AsTask();
        source.Cancel();
        try
        {
            await using Connection quick = await connecting;
            await Echo.CheckAsync(quick, "made it");
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
    }

    private static async Task Ipv6Async(ContractWorld world)
    {
        await using StreamServer server = await world.Server.StartServerAsync(Echo.ServeAsync, "::1");
        Check.Same(IPAddress.IPv6Loopback, ((IPEndPoint)server.EndPoints[0]).Address, "the server's address");
        await using Connection connection = await world.Server.OpenConnectionAsync(server.EndPoints[0]);
        Check.Same(server.EndPoints[0], connection.RemoteEndPoint, "whom the client is connected to");
        await Echo.CheckAsync(connection, "six");
    }

    private static async Task CheckConnectsAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        await pair.CheckUsableAsync();
    }
}
