namespace Deterministic.Kernel.Tests;

/// <summary>Connections that are reset, and who hears of it how.</summary>
internal static class ResettingScenarios
{
    /// <summary>More than any buffer here holds.</summary>
    private const int Many = 4 * 1024 * 1024;

    private static readonly StageOptions SmallBuffers = new() { BufferBytes = 32 * 1024 };

    public static IEnumerable<KernelScenario> All =>
        [
            new("a reset finds a reader waiting", ReaderAsync),
            new("a reset, and then a read before a write", ReadFirstAsync),
            new("a reset, and then a write before a read", WriteFirstAsync),
            new("a reset finds a writer waiting", WriterAsync) { Options = SmallBuffers },
            new("a reset finds a reader and a writer waiting", BothAsync) { Options = SmallBuffers },
            new("a reset behind bytes that nobody has read", UnreadAsync),
            new("abort with data in flight", InFlightAsync) { Options = SmallBuffers },
            new("a reset after the peer's half has ended", AfterEndAsync),
            new("a reset after the own half has ended", AfterOwnEndAsync),
            new("bytes, FIN and a reset find a reader waiting", EndAndResetAsync),
            new("bytes, FIN and a reset before anybody reads", EndAndResetUnreadAsync),
            new("both halves have ended, the own one last, and then an abort", LastEndAsync),
            new("a client aborts before it is accepted", UnacceptedAsync),
            new("write to a peer that has lost its memory", ForgottenAsync) { NeedsPrivilege = true },
        ];

    private static async Task ReaderAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        Task<string> reading = client.BeginReadAsync(1);
        await stage.StillWaitsAsync(reading, "the client's read");
        server.Abort();
        await stage.SeeAsync(reading);
        await stage.StatesAsync(client, "CLOSED", server, "CLOSED");
    }

    private static async Task ReadFirstAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        server.Abort();
        await stage.StateAsync(client, "CLOSED");
        await client.ReadAsync(1);
        await client.WriteAsync("one");
        await client.WriteAsync("two");
    }

    private static async Task WriteFirstAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        server.Abort();
        await stage.StateAsync(client, "CLOSED");
        await client.WriteAsync("one");
        await client.WriteAsync("two");
        await client.ReadAsync(1);
    }

    private static async Task WriterAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        Task<string> writing = client.BeginWriteAsync(Many);
        await stage.StillWaitsAsync(writing, "the client's write");
        server.Abort();
        await stage.SeeAsync(writing);
        await client.WriteAsync("more");
    }

    private static async Task BothAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        Task<string> writing = client.BeginWriteAsync(Many);
        Task<string> reading = client.BeginReadAsync(1);
        await stage.StillWaitsAsync(writing, "the client's write");
        server.Abort();
        await stage.SeeAsync(reading);
        await stage.SeeAsync(writing);
    }

    private static async Task UnreadAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        await client.WriteAsync("arrived");
        await stage.ArrivedAsync(server, 7);
        client.Abort();
        await stage.StateAsync(server, "CLOSED");
        await server.ReadToEndAsync();
    }

    private static async Task InFlightAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        Task<string> writing = client.BeginWriteAsync(Many);
        await stage.StillWaitsAsync(writing, "the client's write");
        client.Abort();
        await writing;
        await stage.StateAsync(server, "CLOSED");
        await server.ReadToEndAsync(Many);
    }

    private static async Task AfterEndAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        client.ShutDown();
        await server.ReadToEndAsync();
        client.Abort();
        await stage.StateAsync(server, "CLOSED");
        await server.WriteAsync("one");
        await server.WriteAsync("two");
    }

    private static async Task AfterOwnEndAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        client.ShutDown();
        await server.ReadToEndAsync();
        server.Abort();
        await stage.StateAsync(client, "CLOSED");
        await client.ReadAsync(1);
    }

    private static async Task EndAndResetAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        Task<string> reading = client.BeginReadToEndAsync();
        await stage.StillWaitsAsync(reading, "the client's read");
        await server.WriteAsync("all of it");
        server.ShutDown();
        server.Abort();
        await stage.SeeAsync(reading);
        await stage.StateAsync(client, "CLOSED");
        await client.WriteAsync("one");
    }

    private static async Task EndAndResetUnreadAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        await server.WriteAsync("all of it");
        server.ShutDown();
        await stage.StatesAsync(client, "CLOSE-WAIT", server, "FIN-WAIT-2");
        server.Abort();
        await stage.StateAsync(client, "CLOSED");
        await client.ReadToEndAsync();
        await client.WriteAsync("one");
    }

    private static async Task LastEndAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        client.ShutDown();
        await server.ReadToEndAsync();
        server.ShutDown();
        server.Abort();
        await stage.PassAsync();
        await client.ReadToEndAsync();
    }

    private static async Task UnacceptedAsync(Stage stage)
    {
        Port port = await stage.BindAsync();
        port.StartPaused();
        End client = (await stage.TryConnectAsync(port.Address, name: "first client"))!;
        await client.WriteAsync("never mind");
        await stage.PassAsync();
        client.Abort();
        await stage.StateAsync(client, "CLOSED");
        await stage.PassAsync();
        await (await stage.TryConnectAsync(port.Address, name: "second client"))!.WriteAsync("hello");
        port.Accept();
        await (await port.AcceptAsync()).ReadToEndAsync();
    }

    private static async Task ForgottenAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        server.Forget();
        Task<string> reading = client.BeginReadAsync(1);
        await stage.StillWaitsAsync(reading, "the client's read");
        await client.WriteAsync("are you there?");
        await stage.SeeAsync(reading);
        await stage.StatesAsync(client, "CLOSED", server, "CLOSED");
    }
}
