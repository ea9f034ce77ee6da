namespace Deterministic.Kernel.Tests;

/// <summary>Peers that do not read.</summary>
internal static class WindowScenarios
{
    /// <summary>More than any buffer here holds.</summary>
    private const int Many = 1024 * 1024;

    /// <summary>Less than has arrived by then.</summary>
    private const int Few = 10_000;

    private static readonly StageOptions SmallBuffers = new() { BufferBytes = 32 * 1024 };

    public static IEnumerable<KernelScenario> All =>
        [
            new("zero window: a peer that reads on later", ReadsOnAsync) { Options = SmallBuffers },
            new("zero window: a peer that never reads", NeverReadsAsync) { Options = SmallBuffers },
            new("zero window: a peer that then falls silent", FallsSilentAsync)
            {
                Options = SmallBuffers with { RetransmissionTimeout = Times.Short },
                Remark =
                    "The option that makes the time-out short (TCP_USER_TIMEOUT) makes it hold for a peer that answers, too: on Linux this row shows how the wait ends, not that it takes silence to end it.",
            },
            new("zero window: the news that it has opened is lost", OpeningIsLostAsync) { Options = SmallBuffers },
            new("zero window: an end, and the peer reads on", EndsAsync) { Options = SmallBuffers },
        ];

    private static async Task ReadsOnAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        Task<string> writing = client.BeginWriteAsync(Many);
        await stage.StillWaitsAsync(writing, "the client's write");
        await server.ReadManyAsync(Many);
        await stage.SeeAsync(writing);
    }

    private static async Task NeverReadsAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        Task<string> writing = client.BeginWriteAsync(Many);
        await stage.StillWaitsAsync(writing, "the client's write", Times.Longer);
        await stage.StatesAsync(client, "ESTABLISHED", server, "ESTABLISHED");
        await server.WriteAsync("hush");
        await client.ReadAsync(4);
    }

    private static async Task FallsSilentAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        Task<string> writing = client.BeginWriteAsync(Many);
        await stage.PassAsync();
        stage.Silence(server);
        await stage.SeeAsync(writing);
        await stage.StatesAsync(client, "CLOSED", server, "ESTABLISHED");
        await client.WriteAsync("more");
    }

    private static async Task OpeningIsLostAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        Task<string> writing = client.BeginWriteAsync(Many);
        await stage.StillWaitsAsync(writing, "the client's write");
        stage.Silence(client);
        await server.ReadManyAsync(Few);
        await stage.PassAsync();
        stage.Heal(client);
        await server.ReadManyAsync(Many - Few, first: Few);
        await stage.SeeAsync(writing);
    }

    private static async Task EndsAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        Task<string> writing = client.BeginWriteAsync(Many);
        await stage.StillWaitsAsync(writing, "the client's write");
        Task<string> reading = server.BeginReadToEndAsync(Many);
        await stage.SeeAsync(writing);
        client.ShutDown();
        await stage.SeeAsync(reading);
        await stage.StatesAsync(client, "FIN-WAIT-2", server, "CLOSE-WAIT");
    }
}
