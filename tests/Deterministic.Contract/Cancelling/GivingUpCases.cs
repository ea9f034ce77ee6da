using System.Net;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>Attempts to connect and to serve can be given up, and leave nothing behind.</summary>
internal static class GivingUpCases
{
    /// <summary>Where a cancellation meets an attempt is up to the world; several meet it in several places.</summary>
    private const int Attempts = 20;

    public static IEnumerable<ContractCase> All =>
        [
            new("cancel/connect-before", "a connect with a cancelled token does not begin", BeforeAsync),
            new("cancel/connect-midway", "a connect that is given up leaves no connection behind", MidwayAsync),
            new(
                "cancel/connect-unanswered",
                "a connect that nobody answers is given up at once",
                UnansweredAsync,
                ContractCapabilities.Unresponsive
            ),
            new("cancel/serve", "a server whose start is given up leaves its address free", ServeAsync),
        ];

    private static async Task BeforeAsync(ContractWorld world)
    {
        await using StreamServer server = await Echo.StartAsync(world);
        using CancellationTokenSource source = new();
        source.Cancel();
        await Check.ThrowsAsync<OperationCanceledException>(
            () => world.ConnectAsync(server, null, source.Token).AsTask(),
            "a connect with a cancelled token"
        );
        Check.Same(0, server.ConnectionCount, "the server's connections");
        await ConnectingCases.CheckConnectsAsync(world);
    }

    private static async Task MidwayAsync(ContractWorld world)
    {
        await using StreamServer server = await Echo.StartAsync(world);
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            await GiveUpAsync(world, server);
        }

        await ConnectingCases.CheckConnectsAsync(world);
        server.Close();
        await server.WaitClosedAsync();
    }

    /// <summary>An attempt may be quicker than its cancellation; then the connection is as good as any.</summary>
    private static async Task GiveUpAsync(ContractWorld world, StreamServer server)
    {
        using CancellationTokenSource source = new();
        Task<Connection> connecting = world.ConnectAsync(server, null, source.Token).AsTask();
        source.Cancel();
        try
        {
            await using Connection quick = await connecting;
            await Echo.CheckAsync(quick, "made it");
        }
        catch (OperationCanceledException error)
        {
            Check.Same(source.Token, error.CancellationToken, "the token of the exception");
        }
    }

    private static async Task UnansweredAsync(ContractWorld world)
    {
        EndPoint silent = Check.Given(world.UnresponsiveAddress, nameof(world.UnresponsiveAddress));
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        using CancellationTokenSource source = new();
        Task<Connection> connecting = world.ConnectAsync(silent, null, source.Token).AsTask();
        await pulse.UntilCalmAsync(() => 0, unless: connecting);
        await Check.CancelledAsync(source, connecting, "a connect that nobody answers");
        await ConnectingCases.CheckConnectsAsync(world);
    }

    private static async Task ServeAsync(ContractWorld world)
    {
        EndPoint vacant;
        await using (StreamServer gone = await Echo.StartAsync(world))
        {
            vacant = gone.EndPoints[0];
        }

        using CancellationTokenSource source = new();
        source.Cancel();
        await Check.ThrowsAsync<OperationCanceledException>(
            () => world.ServeAsync(_ => Task.CompletedTask, at: vacant, cancellationToken: source.Token).AsTask(),
            "serving with a cancelled token"
        );
        await using StreamServer server = await world.ServeAsync(Echo.ServeAsync, at: vacant);
        await using Connection connection = await world.ConnectAsync(server);
        await Echo.CheckAsync(connection, "free");
    }
}
