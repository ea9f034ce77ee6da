namespace Deterministic.Kernel.Tests;

/// <summary>A long comparison, for the night.</summary>
internal static class FuzzRun
{
    private const int AtOnce = 16;

    /// <summary>Plays programs, and prints those that differ, as small as they get.</summary>
    /// <returns>An exit code: 0 if none differs.</returns>
    public static async Task<int> RunAsync(int count, int first)
    {
        int different = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(first, count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (seed, _) =>
            {
                FuzzProgram program = FuzzProgram.Draw(seed);
                if (await Fuzzer.CompareAsync(program) is { } difference)
                {
                    Interlocked.Increment(ref different);
                    Console.WriteLine(
                        $"Program {seed} differs. The smallest of its kind:\n{await Fuzzer.ShrinkAsync(program, difference)}\n"
                    );
                }
            }
        );
        Console.WriteLine($"{count} programs from seed {first} on, {different} of them different.");
        return different == 0 ? 0 : 1;
    }
}
