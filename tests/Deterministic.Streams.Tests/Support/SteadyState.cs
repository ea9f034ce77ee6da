namespace Deterministic.Streams.Tests;

/// <summary>What a round allocates once everything that is made only once has been made.</summary>
internal static class SteadyState
{
    /// <summary>How many rounds a measurement has.</summary>
    public const int Rounds = 3000;

    /// <summary>Enough rounds that segments have filled up and given way, and everything is compiled.</summary>
    private const int Warm = 3000;

    /// <summary>Bytes of all the rounds of a measurement, on this thread. The least of several measurements: the pool of the process may be trimmed under any one of them.</summary>
    public static long AllocatedBy(Action round)
    {
        Run(round, Warm);
        return Enumerable.Range(0, 5).Min(_ => Run(round, Rounds));
    }

    private static long Run(Action round, int rounds)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < rounds; i++)
        {
            round();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
