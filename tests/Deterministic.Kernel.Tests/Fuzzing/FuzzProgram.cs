using Deterministic.Streams;

namespace Deterministic.Kernel.Tests;

/// <summary>A small random program over the library's own API: some connections between a client and a server, and steps at their ends.</summary>
/// <param name="Steps">In order.</param>
/// <param name="Connections">How many are made before the first step.</param>
/// <param name="IsUnix">Whether over a Unix socket.</param>
/// <param name="ClientLinger">Of clients: <see cref="ConnectionOptions.Linger"/>.</param>
/// <param name="ServerLinger">Of the server's ends.</param>
/// <param name="Limit">The readers' limit: at twice this many bytes a reader pauses.</param>
internal sealed record FuzzProgram(
    IReadOnlyList<FuzzStep> Steps,
    int Connections,
    bool IsUnix,
    TimeSpan? ClientLinger,
    TimeSpan? ServerLinger,
    int Limit
)
{
    /// <summary>More than all buffers between two programs hold.</summary>
    public const int Many = 512 * 1024;

    /// <summary>How large the kernel's buffers are asked to be.</summary>
    public const int BufferBytes = 32 * 1024;

    /// <summary>Less than a reader's buffer: what fits behind bytes that it holds already depends on when it asked for memory.</summary>
    private const int MostRead = 1000;

    private static readonly TimeSpan LongLinger = TimeSpan.FromSeconds(60);

    private static readonly FuzzAction[] Weighted =
    [
        .. Enumerable.Repeat(FuzzAction.Write, 7),
        .. Enumerable.Repeat(FuzzAction.Drain, 3),
        .. Enumerable.Repeat(FuzzAction.Read, 3),
        .. Enumerable.Repeat(FuzzAction.ReadExactly, 2),
        .. Enumerable.Repeat(FuzzAction.ReadLine, 2),
        .. Enumerable.Repeat(FuzzAction.ReadToEnd, 3),
        .. Enumerable.Repeat(FuzzAction.CancelRead, 1),
        .. Enumerable.Repeat(FuzzAction.WriteEof, 3),
        .. Enumerable.Repeat(FuzzAction.Close, 3),
        .. Enumerable.Repeat(FuzzAction.Abort, 2),
        .. Enumerable.Repeat(FuzzAction.WaitClosed, 2),
    ];

    public static FuzzProgram Draw(int seed)
    {
        Random random = new(seed);
        bool isUnix = random.Next(4) == 0;
        int connections = random.Next(5) == 0 ? 2 : 1;
        bool settles = random.Next(4) > 0;
        List<FuzzStep> steps = [];
        for (int left = random.Next(3, 10); left > 0; left--)
        {
            steps.Add(
                !isUnix && random.Next(25) == 0
                    ? new FuzzStep(FuzzAction.ConnectAgain)
                    : DrawStep(random, random.Next(connections))
            );
            if (settles || random.Next(3) == 0)
            {
                steps.Add(new FuzzStep(FuzzAction.Settle));
            }
        }

        return new FuzzProgram(steps, connections, isUnix, DrawLinger(random), DrawLinger(random), DrawLimit(random));
    }

    /// <summary>This one without one step, for each of them: what fails is made smaller with these.</summary>
    public IEnumerable<FuzzProgram> Smaller()
    {
        for (int i = 0; i < Steps.Count; i++)
        {
            yield return this with
            {
                Steps = [.. Steps.Take(i), .. Steps.Skip(i + 1)],
            };
        }
    }

    public override string ToString() =>
        $"{(IsUnix ? "Unix" : "TCP")}, {Connections} connections, linger {ClientLinger?.ToString() ?? "none"} and {ServerLinger?.ToString() ?? "none"}, limit {Limit}:\n  {string.Join("\n  ", Steps)}";

    private static FuzzStep DrawStep(Random random, int connection)
    {
        FuzzAction action = Weighted[random.Next(Weighted.Length)];
        int count = action switch
        {
            FuzzAction.Write => random.Next(6) == 0 ? Many : DrawCount(random),
            FuzzAction.Read => Math.Min(DrawCount(random), MostRead),
            FuzzAction.ReadExactly => DrawCount(random),
            _ => 0,
        };
        return new FuzzStep(action, connection, random.Next(2) == 0, count);
    }

    private static int DrawCount(Random random) =>
        random.Next(4) switch
        {
            0 => 1,
            1 => random.Next(2, 20),
            2 => random.Next(20, 300),
            _ => random.Next(300, 5000),
        };

    private static TimeSpan? DrawLinger(Random random) =>
        random.Next(6) switch
        {
            0 => TimeSpan.Zero,
            1 => LongLinger,
            _ => null,
        };

    private static int DrawLimit(Random random) => random.Next(3) == 0 ? random.Next(1, 100) : 64 * 1024;
}
