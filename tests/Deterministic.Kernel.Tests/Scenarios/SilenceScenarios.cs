using Deterministic.Simulation.Tcp;
using Deterministic.Streams;

namespace Deterministic.Kernel.Tests;

/// <summary>Peers that nothing comes from any more.</summary>
internal static class SilenceScenarios
{
    private static readonly StageOptions Impatient = new() { RetransmissionTimeout = Times.Short };

    private static readonly KeepAliveOptions Asking = new()
    {
        Time = Times.Short,
        Interval = Times.Short,
        RetryCount = 1,
    };

    private static readonly StageOptions KeptAlive = new() { Client = new ClientOptions { KeepAlive = Asking } };

    public static IEnumerable<KernelScenario> All =>
        [
            new("a reader on a silent peer", ReaderAsync) { Options = Impatient },
            new("write to a silent peer", WriterAsync) { Options = Impatient },
            new("a time-out, and then a write before a read", WriteFirstAsync)
            {
                Options = Impatient,
                Remark =
                    "The kernel tells of a loss once, here to the write. Of what follows the socket driver knows only that the connection is gone, and calls that a reset; the simulator still knows why. The streams ask once, so a program sees the same.",
            },
            new("write to a peer whose answers are lost", OneWayAsync) { Options = Impatient },
            new("a peer that was silent for a while", ForAWhileAsync),
            new("the other end of a connection that has timed out", HalfOpenAsync) { Options = Impatient },
            new("keep-alive, and a silent peer", KeepAliveSilentAsync) { Options = KeptAlive },
            new("keep-alive, and a peer whose answers are lost", KeepAliveOneWayAsync) { Options = KeptAlive },
            new("keep-alive, and a peer that has nothing to say", KeepAliveQuietAsync) { Options = KeptAlive },
            new("keep-alive, and a peer that has lost its memory", KeepAliveForgottenAsync)
            {
                Options = KeptAlive,
                NeedsPrivilege = true,
            },
        ];

    private static async Task ReaderAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        stage.Silence(server);
        stage.Silence(client);
        Task<string> reading = client.BeginReadAsync(1);
        await stage.StillWaitsAsync(reading, "the client's read", Times.Longer);
        await stage.StatesAsync(client, "ESTABLISHED", server, "ESTABLISHED");
    }

    private static async Task WriterAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        stage.Silence(server);
        await stage.NotBeforeAsync(
            Times.Short,
            "the retransmission time-out",
            async () =>
            {
                await client.WriteAsync("hello?");
                await client.ReadAsync(1);
            }
        );
        await client.WriteAsync("more");
        await stage.StatesAsync(client, "CLOSED", server, "ESTABLISHED");
    }

    private static async Task WriteFirstAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        stage.Silence(server);
        await client.WriteAsync("hello?");
        await stage.StateAsync(client, "CLOSED");
        await client.WriteAsync("one");
        await client.WriteAsync("two");
        await client.ReadAsync(1);
    }

    private static async Task OneWayAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        stage.Silence(client);
        await client.WriteAsync("hello?");
        await server.ReadAsync(6);
        await client.ReadAsync(1);
        await stage.StatesAsync(client, "CLOSED", server, "ESTABLISHED");
    }

    private static async Task ForAWhileAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        stage.Silence(server);
        await client.WriteAsync("one ");
        await stage.PassAsync();
        await client.WriteAsync("two");
        stage.Heal(server);
        await server.ReadAsync(7);
    }

    private static async Task HalfOpenAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        stage.Silence(server);
        await client.WriteAsync("hello?");
        await client.ReadAsync(1);
        stage.Heal(server);
        await stage.StatesAsync(client, "CLOSED", server, "ESTABLISHED");
        await server.WriteAsync("I am back");
        await server.ReadAsync(1);
    }

    private static async Task KeepAliveSilentAsync(Stage stage)
    {
        await stage.NotBeforeAsync(
            2 * Times.Short,
            "its questions are over",
            async () =>
            {
                (End client, End server) = await stage.ConnectAsync();
                stage.Silence(server);
                await client.ReadAsync(1);
                await stage.StatesAsync(client, "CLOSED", server, "ESTABLISHED");
            }
        );
    }

    private static async Task KeepAliveOneWayAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        stage.Silence(client);
        await client.ReadAsync(1);
        await stage.StatesAsync(client, "CLOSED", server, "CLOSED");
        await server.ReadAsync(1);
    }

    private static async Task KeepAliveQuietAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        Task<string> reading = client.BeginReadAsync(4);
        await stage.StillWaitsAsync(reading, "the client's read", Times.Longer);
        await server.WriteAsync("here");
        await stage.SeeAsync(reading);
    }

    private static async Task KeepAliveForgottenAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        server.Forget();
        await client.ReadAsync(1);
        await stage.StatesAsync(client, "CLOSED", server, "CLOSED");
    }
}
