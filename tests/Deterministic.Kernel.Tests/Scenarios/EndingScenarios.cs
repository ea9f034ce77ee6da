namespace Deterministic.Kernel.Tests;

/// <summary>Halves that end: FIN.</summary>
internal static class EndingScenarios
{
    public static IEnumerable<KernelScenario> All =>
        [
            new("half-close: a question, its end, and an answer", HalfCloseAsync),
            new("half-close by the server, while the client goes on", ServerHalfCloseAsync),
            new("both halves end while bytes are unread", UnreadAsync),
            new("FIN while the data before it must be sent again", InFlightAsync),
            new("both ends close at the same time", SimultaneousAsync),
        ];

    private static async Task HalfCloseAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        await client.WriteAsync("question");
        client.ShutDown();
        await server.ReadToEndAsync();
        await stage.StatesAsync(client, "FIN-WAIT-2", server, "CLOSE-WAIT");
        await server.WriteAsync("answer");
        await client.ReadAsync(6);
        await server.CloseAsync();
        await client.ReadToEndAsync();
        await stage.StatesAsync(client, "TIME-WAIT", server, "CLOSED");
    }

    private static async Task ServerHalfCloseAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        server.ShutDown();
        await client.ReadToEndAsync();
        await client.WriteAsync("still here");
        await server.ReadAsync(10);
        client.ShutDown();
        await server.ReadToEndAsync();
        await stage.StatesAsync(client, "CLOSED", server, "TIME-WAIT");
    }

    private static async Task UnreadAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        await client.WriteAsync("unread");
        client.ShutDown();
        await stage.StatesAsync(client, "FIN-WAIT-2", server, "CLOSE-WAIT");
        server.ShutDown();
        await stage.StatesAsync(client, "TIME-WAIT", server, "CLOSED");
        await server.ReadToEndAsync();
    }

    private static async Task InFlightAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        await client.WriteAsync("arrives, ");
        await server.ReadAsync(9);
        stage.Silence(server);
        await client.WriteAsync("is lost");
        client.ShutDown();
        await stage.StatesAsync(client, "FIN-WAIT-1", server, "ESTABLISHED");
        stage.Heal(server);
        await server.ReadToEndAsync();
        await stage.StatesAsync(client, "FIN-WAIT-2", server, "CLOSE-WAIT");
    }

    private static async Task SimultaneousAsync(Stage stage)
    {
        (End client, End server) = await stage.ConnectAsync();
        stage.Silence(client);
        stage.Silence(server);
        client.ShutDown();
        server.ShutDown();
        await stage.StatesAsync(client, "FIN-WAIT-1", server, "FIN-WAIT-1");
        stage.Heal(client);
        stage.Heal(server);
        await client.ReadToEndAsync();
        await server.ReadToEndAsync();
        await stage.StatesAsync(client, "TIME-WAIT", server, "TIME-WAIT");
    }
}
