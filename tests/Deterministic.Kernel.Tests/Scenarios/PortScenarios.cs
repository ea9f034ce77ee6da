using Deterministic.Streams;

namespace Deterministic.Kernel.Tests;

/// <summary>Ports that are taken, and for how long.</summary>
internal static class PortScenarios
{
    private static readonly ServerOptions Exclusive = new() { ReuseAddress = false };
    private static readonly ServerOptions Shared = new() { ReusePort = true };

    public static IEnumerable<KernelScenario> All =>
        [
            new("bind a port that has a listener", TakenAsync),
            new("bind a port twice, both with SO_REUSEPORT", SharedAsync),
            new("bind a port again, of which a connection is open", OpenAsync),
            new("bind a port again, of which a connection is in TIME-WAIT", TimeWaitAsync),
            new("connect again from the same port, while the server's side is in TIME-WAIT", SameClientAsync),
            new("connect again from the same port, while its own side is in TIME-WAIT", SameClientTimeWaitAsync)
            {
                Remark =
                    "As Linux does it with timestamps (tcp_timestamps, on by default), whatever tcp_tw_reuse says. Without them it answers \"address not available\".",
            },
        ];

    private static async Task TakenAsync(Stage stage)
    {
        Port port = await stage.BindAsync();
        port.Start();
        await stage.TryBindAsync(port.Address.Port);
    }

    private static async Task SharedAsync(Stage stage)
    {
        Port port = await stage.BindAsync(how: Shared);
        port.Start();
        if (await stage.TryBindAsync(port.Address.Port, Shared) is not null)
        {
            stage.Note("the server binds again");
        }

        await stage.TryBindAsync(port.Address.Port);
    }

    private static async Task OpenAsync(Stage stage)
    {
        Port port = await stage.BindAsync();
        port.Start();
        await stage.ConnectAsync(port);
        port.Close();
        await BindAgainAsync(stage, port);
    }

    private static async Task TimeWaitAsync(Stage stage)
    {
        Port port = await stage.BindAsync();
        port.Start();
        await EndAsync(stage, await stage.ConnectAsync(port));
        port.Close();
        await BindAgainAsync(stage, port);
    }

    private static async Task SameClientAsync(Stage stage)
    {
        Port port = await stage.BindAsync();
        port.Start();
        (End client, End server) = await stage.ConnectAsync(port);
        await EndAsync(stage, (client, server));
        if (await stage.TryConnectAsync(port.Address, client.Local.Port) is { } again)
        {
            await again.WriteAsync("again");
            await (await port.AcceptAsync()).ReadAsync(5);
        }
    }

    private static async Task SameClientTimeWaitAsync(Stage stage)
    {
        Port free = await stage.BindAsync();
        free.Close();
        Port port = await stage.BindAsync();
        port.Start();
        End client = (await stage.TryConnectAsync(port.Address, free.Address.Port))!;
        End server = await port.AcceptAsync();
        await client.CloseAsync();
        await server.ReadToEndAsync();
        await server.CloseAsync();
        await stage.StatesAsync(client, "TIME-WAIT", server, "CLOSED");
        if (await stage.TryConnectAsync(port.Address, free.Address.Port) is { } again)
        {
            await again.WriteAsync("again");
            await (await port.AcceptAsync()).ReadAsync(5);
        }
    }

    /// <summary>The server first, so that it is the server's port that is kept.</summary>
    private static async Task EndAsync(Stage stage, (End Client, End Server) ends)
    {
        await ends.Server.CloseAsync();
        await ends.Client.ReadToEndAsync();
        await ends.Client.CloseAsync();
        await stage.StatesAsync(ends.Client, "CLOSED", ends.Server, "TIME-WAIT");
    }

    private static async Task BindAgainAsync(Stage stage, Port port)
    {
        stage.Note("without SO_REUSEADDR:");
        await stage.TryBindAsync(port.Address.Port, Exclusive);
        stage.Note("with it:");
        if (await stage.TryBindAsync(port.Address.Port) is not null)
        {
            stage.Note("the server binds");
        }
    }
}
