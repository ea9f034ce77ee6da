using Deterministic.Streams;

namespace Deterministic.Kernel.Tests;

/// <summary>Programs that let go of their connection, and what the kernel does with what is left.</summary>
internal static class ClosingScenarios
{
    /// <summary>More than is ever under way.</summary>
    private const int Many = 1024 * 1024;

    /// <summary>What is left once so much of it was read is less than is taken, and more than a window.</summary>
    private const int Most = Many - (48 * 1024);

    private const string Overtaken =
        "For some seeds a reset overtakes the peer's end, which no loopback device does: then it is a reset to both. What the program hears of first, where both have come, is a decision of the seed, too.";

    private static readonly StageOptions SmallBuffers = new() { BufferBytes = 32 * 1024 };

    public static IEnumerable<KernelScenario> All =>
        [
            new("close in order", InOrderAsync),
            new("close with bytes unread", UnreadAsync),
            new("close with bytes still to be sent", QueuedAsync) { Options = SmallBuffers },
            new("write to a peer that has closed", WriteToClosedAsync),
            new("a closed end whose peer never ends", NeverEndsAsync)
            {
                Options = new StageOptions { FinTimeout = Times.Short },
            },
            new("close towards a silent peer", SilentAsync)
            {
                Options = new StageOptions { RetransmissionTimeout = Times.Short },
            },
            new("close with a linger time of zero", LingerZeroAsync)
            {
                Options = new StageOptions { Client = new ClientOptions { Linger = TimeSpan.Zero } },
            },
            new("close with a linger time, all of which is acknowledged", LingerAsync)
            {
                Options = new StageOptions { Client = new ClientOptions { Linger = Stage.Patience } },
            },
            new("close with a linger time towards a silent peer", LingerSilentAsync)
            {
                Options = new StageOptions { Client = new ClientOptions { Linger = Times.Short } },
            },
            new("close with a linger time, after a write to a peer that has closed", LingerAfterWriteToClosedAsync)
            {
                Options = new StageOptions { Client = new ClientOptions { Linger = Stage.Patience } },
            },
            new("close with a linger time, after a reset by a peer that has read nothing", LingerAfterResetAsync)
            {
                Options = new StageOptions { Client = new ClientOptions { Linger = Stage.Patience } },
            },
            new("a peer closes, and a writer waits for room", CloseOnWriterAsync)
            {
                Options = SmallBuffers,
                IsRace = true,
                Remark = Overtaken,
            },
            new("a peer closes, and a reader and a writer wait", CloseOnBothAsync)
            {
                Options = SmallBuffers,
                IsRace = true,
                Remark = Overtaken,
            },
        ];

    private static async Task InOrderAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        await client.WriteAsync("last words");
        await client.CloseAsync();
        await server.ReadToEndAsync();
        await stage.StatesAsync(client, "FIN-WAIT-2", server, "CLOSE-WAIT");
        await server.CloseAsync();
        await stage.StatesAsync(client, "TIME-WAIT", server, "CLOSED");
    }

    private static async Task UnreadAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        await client.WriteAsync("unheard");
        await stage.ArrivedAsync(server, 7);
        server.CloseUnread();
        await client.ReadAsync(1);
        await client.WriteAsync("more");
        await stage.StatesAsync(client, "CLOSED", server, "CLOSED");
    }

    private static async Task QueuedAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        Task<string> writing = client.BeginWriteAsync(Many);
        await stage.StillWaitsAsync(writing, "the client's write");
        await server.ReadManyAsync(Most);
        await stage.SeeAsync(writing);
        await client.CloseAsync();
        await stage.StatesAsync(client, "FIN-WAIT-1", server, "ESTABLISHED");
        await server.ReadToEndAsync(Many, first: Most);
        await server.CloseAsync();
        await stage.StatesAsync(client, "TIME-WAIT", server, "CLOSED");
    }

    private static async Task WriteToClosedAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        await server.CloseAsync();
        await stage.StatesAsync(client, "CLOSE-WAIT", server, "FIN-WAIT-2");
        await client.WriteAsync("one");
        await stage.StatesAsync(client, "CLOSED", server, "CLOSED");
        await client.WriteAsync("two");
        await client.WriteAsync("three");
    }

    private static async Task NeverEndsAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        await stage.NotBeforeAsync(
            Times.Short,
            "the time-out of FIN-WAIT-2",
            async () =>
            {
                await server.CloseAsync();
                await client.ReadToEndAsync();
                await stage.StatesAsync(client, "CLOSE-WAIT", server, "FIN-WAIT-2");
                await stage.StatesAsync(client, "CLOSE-WAIT", server, "CLOSED");
            }
        );
        await client.WriteAsync("one");
        await stage.StateAsync(client, "CLOSED");
        await client.WriteAsync("two");
    }

    private static async Task SilentAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        stage.Silence(server);
        await stage.NotBeforeAsync(
            Times.Short,
            "the retransmission time-out",
            async () =>
            {
                await client.WriteAsync("last words");
                await client.CloseAsync();
                await stage.StateAsync(client, "FIN-WAIT-1");
                await stage.StatesAsync(client, "CLOSED", server, "ESTABLISHED");
            }
        );
    }

    private static async Task LingerZeroAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        await client.WriteAsync("arrived");
        await stage.ArrivedAsync(server, 7);
        await client.CloseAsync();
        await stage.StatesAsync(client, "CLOSED", server, "CLOSED");
        await server.ReadToEndAsync();
    }

    private static async Task LingerAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        stage.Silence(server);
        await client.WriteAsync("last words");
        Task<string> closing = client.BeginCloseAsync();
        await stage.StillWaitsAsync(closing, "the client's close");
        stage.Heal(server);
        await stage.SeeAsync(closing);
        await server.ReadToEndAsync();
        await stage.StatesAsync(client, "FIN-WAIT-2", server, "CLOSE-WAIT");
    }

    private static async Task LingerSilentAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        stage.Silence(server);
        await client.WriteAsync("last words");
        await stage.NotBeforeAsync(Times.Short, "the linger time", client.CloseAsync);
        await stage.StatesAsync(client, "CLOSED", server, "ESTABLISHED");
    }

    private static async Task LingerAfterWriteToClosedAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        await server.CloseAsync();
        await stage.StatesAsync(client, "CLOSE-WAIT", server, "FIN-WAIT-2");
        await client.WriteAsync("lost");
        await stage.StatesAsync(client, "CLOSED", server, "CLOSED");
        await client.CloseAsync();
    }

    private static async Task LingerAfterResetAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        await client.WriteAsync("unread");
        await stage.ArrivedAsync(server, 6);
        server.Abort();
        await stage.StatesAsync(client, "CLOSED", server, "CLOSED");
        await client.CloseAsync();
    }

    private static async Task CloseOnWriterAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        Task<string> writing = client.BeginWriteAsync(Many);
        await stage.StillWaitsAsync(writing, "the client's write");
        await server.CloseAsync();
        await stage.SeeAsync(writing);
        await client.WriteAsync("more");
    }

    private static async Task CloseOnBothAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        Task<string> writing = client.BeginWriteAsync(Many);
        Task<string> reading = client.BeginReadToEndAsync();
        await stage.StillWaitsAsync(writing, "the client's write");
        await server.CloseAsync();
        await stage.SeeAsync(reading);
        await stage.SeeAsync(writing);
    }
}
