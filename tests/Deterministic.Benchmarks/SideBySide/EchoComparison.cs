namespace Deterministic.Benchmarks.SideBySide;

/// <summary>32-byte echo: a row for each number of connections.</summary>
internal static class EchoComparison
{
    private static readonly Contestant[] Contestants =
    [
        new(Contestant.OursName, OurServer.StartEchoAsync),
        new("NetworkStream", NetworkStreamServer.StartEchoAsync),
        new("Pipelines", PipelinesServer.StartEchoAsync),
        new("Kestrel", KestrelPeer.StartEchoAsync),
    ];

    public static async Task RunAsync(Plan plan)
    {
        IReadOnlyList<Contestant> contestants = plan.Choose(Contestants);
        await using ServerGroup servers = await ServerGroup.StartAsync(contestants);
        foreach (int connections in plan.Connections)
        {
            string title =
                $"echo, {EchoClient.MessageLength} bytes, {connections} connection{(connections == 1 ? "" : "s")}";
            Row row = await OwnThread.RunAsync(() => Measure(title, plan, connections, servers));
            RowReport.Print(row, "round trips");
        }
    }

    private static Row Measure(string title, Plan plan, int connections, ServerGroup servers)
    {
        List<EchoLoad> loads = [];
        try
        {
            // All of them stay connected while each has its turns: to open 512 connections takes longer than a short turn.
            loads.AddRange(servers.Select(server => new EchoLoad(server.EndPoint, connections, plan.Clients)));
            return Rounds.Play(title, plan, servers.Contestants, (index, length) => loads[index].Run(length));
        }
        finally
        {
            loads.ForEach(load => load.Dispose());
        }
    }
}
