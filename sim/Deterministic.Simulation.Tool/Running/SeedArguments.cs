using System.Globalization;

namespace Deterministic.Simulation.Tool;

/// <summary>The two ways to specify seeds.</summary>
internal static class SeedArguments
{
    /// <summary>Days of work; a larger number is probably a typing error.</summary>
    private const int MaxSeeds = 100_000_000;

    /// <exception cref="UsageException">Both are given, or one is not a number in its range.</exception>
    public static SeedRange Parse(string? seed, string? seeds, int defaultCount)
    {
        if (seed is not null && seeds is not null)
        {
            throw new UsageException("--seed and --seeds exclude each other: give one seed or a number of them.");
        }

        if (seed is not null)
        {
            return ulong.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out ulong one)
                ? new SeedRange(one, 1)
                : throw new UsageException($"--seed takes a number from 0 to {ulong.MaxValue}, not '{seed}'.");
        }

        if (seeds is null)
        {
            return new SeedRange(1, defaultCount);
        }

        return
            int.TryParse(seeds, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count is >= 1 and <= MaxSeeds
            ? new SeedRange(1, count)
            : throw new UsageException($"--seeds takes a number from 1 to {MaxSeeds}, not '{seeds}'.");
    }
}
