namespace Deterministic.Benchmarks.SideBySide;

/// <summary>Lines of 64 bytes over one connection, as fast as they are taken.</summary>
internal static class LineComparison
{
    private static readonly Contestant[] Contestants =
    [
        new(Contestant.OursName, OurServer.StartLinesAsync),
        new("line by line", OurServer.StartLineByLineAsync),
        new("PipeReader", PipelinesServer.StartLinesAsync),
        new("StreamReader", NetworkStreamServer.StartLinesAsync),
        new("raw receive", RawReceiveServer.StartAsync, IsCeiling: true),
    ];

    public static async Task RunAsync(Plan plan)
    {
        IReadOnlyList<Contestant> contestants = plan.Choose(Contestants);
        await using ServerGroup servers = await ServerGroup.StartAsync(contestants);
        string title = $"lines of {LineSender.LineLength} bytes, 1 connection";
        Row row = await OwnThread.RunAsync(() =>
            Rounds.Play(
                title,
                plan,
                servers.Contestants,
                (index, length) => LineSender.Run(servers[index].EndPoint, length)
            )
        );
        RowReport.Print(row, "lines");
    }
}
