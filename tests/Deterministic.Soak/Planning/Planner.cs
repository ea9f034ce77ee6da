namespace Deterministic.Soak.Planning;

/// <summary>Draws plans. The same seed and number give the same plan in every run; what the network makes of it differs.</summary>
internal static class Planner
{
    /// <summary>More than the kernel's small buffers and the watermarks hold; and little enough that the last of thousands are soon done.</summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Turns within which a connect on loopback is mostly still under way.</summary>
    private const int MostTurns = 4;

    private static readonly int[] Limits = [512, 4 * 1024, 64 * 1024];

    public static SessionPlan Draw(int soakSeed, long number)
    {
        int seed = HashOf(soakSeed, number);
        Random random = new(seed);
        Ending ending = DrawEnding(random);
        long toServer = DrawSize(random);
        long toClient = DrawSize(random);
        bool byClient = ending is Ending.ClientAborts or Ending.ClientCloses;
        return new SessionPlan
        {
            Seed = seed,
            ToServer = toServer,
            ToClient = toClient,
            Ending = ending,
            // A break of the server's would wait for a client that waits for it.
            AnswersAtTheEnd = OneIn(4, random) && ending == Ending.Orderly,
            BreakAfter = random.NextInt64((byClient ? toServer : toClient) + 1),
            CancelConnectAfter = OneIn(8, random) ? random.Next(MostTurns) : null,
            Cancels = OneIn(2, random),
            SmallBuffers = OneIn(4, random),
            Limit = Limits[random.Next(Limits.Length)],
        };
    }

    private static Ending DrawEnding(Random random) =>
        // Half of them in order: it is those that must not lose a byte.
        OneIn(2, random) ? Ending.Orderly : (Ending)random.Next(1, Enum.GetValues<Ending>().Length);

    /// <summary>Each order of magnitude as likely as the other, nothing at all included.</summary>
    private static long DrawSize(Random random) => (long)Math.Pow(MaxBytes, random.NextDouble()) - 1;

    private static bool OneIn(int count, Random random) => random.Next(count) == 0;

    /// <summary>SplitMix64's finish: neighbouring numbers get seeds that have nothing to do with each other, in every process.</summary>
    private static int HashOf(int seed, long number)
    {
        ulong mixed = unchecked(((ulong)(uint)seed << 40) + ((ulong)number * 0x9e3779b97f4a7c15));
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94d049bb133111eb);
        return (int)(mixed >> 33);
    }
}
