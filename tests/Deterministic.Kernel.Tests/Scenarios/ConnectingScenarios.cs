using Deterministic.Streams;

namespace Deterministic.Kernel.Tests;

/// <summary>Connections that come about, late or not at all.</summary>
internal static class ConnectingScenarios
{
    private static readonly ServerOptions BoundOnly = new() { StartServing = false };
    private static readonly ServerOptions RoomForTwo = new() { Backlog = 1 };

    public static IEnumerable<KernelScenario> All =>
        [
            new("connect to a port that nobody has", NobodyAsync),
            new("connect to a port that is bound and does not listen", BoundAsync),
            new("connect, write and end before anybody accepts", UnacceptedAsync),
            new("a listener closes with connections that nobody has accepted", ListenerClosesAsync),
            new("connect to a full backlog, which then empties", BacklogEmptiesAsync)
            {
                Options = new StageOptions { Server = RoomForTwo },
            },
            new("connect to a backlog that stays full", BacklogStaysFullAsync)
            {
                Options = new StageOptions { Server = RoomForTwo, ConnectTimeout = Times.Short },
            },
            new("connect to a host that does not answer", SilentHostAsync)
            {
                Options = new StageOptions { ConnectTimeout = Times.Short },
            },
        ];

    private static async Task NobodyAsync(Stage stage)
    {
        Port port = await stage.BindAsync();
        port.Close();
        await stage.TryConnectAsync(port.Address);
    }

    private static async Task BoundAsync(Stage stage)
    {
        Port port = await stage.BindAsync(how: BoundOnly);
        await stage.TryConnectAsync(port.Address);
    }

    private static async Task UnacceptedAsync(Stage stage)
    {
        Port port = await stage.BindAsync();
        port.StartPaused();
        End client = (await stage.TryConnectAsync(port.Address))!;
        await client.WriteAsync("early");
        client.ShutDown();
        await stage.StateAsync(client, "FIN-WAIT-2");
        port.Accept();
        End server = await port.AcceptAsync();
        await server.ReadToEndAsync();
        await server.WriteAsync("late");
        await client.ReadAsync(4);
    }

    private static async Task ListenerClosesAsync(Stage stage)
    {
        Port port = await stage.BindAsync();
        port.StartPaused();
        End client = (await stage.TryConnectAsync(port.Address))!;
        await client.WriteAsync("anybody?");
        port.Close();
        await client.ReadAsync(1);
        await client.WriteAsync("nobody");
    }

    private static async Task BacklogEmptiesAsync(Stage stage)
    {
        Port port = await FillAsync(stage);
        Task<End?> third = stage.TryConnectAsync(port.Address, name: "third client");
        await stage.StillWaitsAsync(third, "third client");
        port.Accept();
        await (await third)!.WriteAsync("at last");
        await port.AcceptAsync();
        await port.AcceptAsync();
        await (await port.AcceptAsync()).ReadAsync(7);
    }

    private static async Task BacklogStaysFullAsync(Stage stage)
    {
        Port port = await FillAsync(stage);
        await stage.NotBeforeAsync(
            Times.Short,
            "the connect time-out",
            () => stage.TryConnectAsync(port.Address, name: "third client")
        );
    }

    private static async Task SilentHostAsync(Stage stage)
    {
        Port port = await stage.BindAsync();
        port.Start();
        stage.Silence(port);
        await stage.NotBeforeAsync(Times.Short, "the connect time-out", () => stage.TryConnectAsync(port.Address));
    }

    /// <summary>A backlog of one takes two.</summary>
    private static async Task<Port> FillAsync(Stage stage)
    {
        Port port = await stage.BindAsync();
        port.StartPaused();
        foreach (string name in (string[])["first client", "second client"])
        {
            End client = (await stage.TryConnectAsync(port.Address, name: name))!;
            await client.WriteAsync("hello");
        }

        // What connects is in the backlog once its last part of the handshake has arrived.
        await stage.PassAsync();
        return port;
    }
}
