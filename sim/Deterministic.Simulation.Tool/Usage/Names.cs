namespace Deterministic.Simulation.Tool;

/// <summary>What to say about a name that is not known.</summary>
internal static class Names
{
    /// <summary>More slips than this in one name, and a guess would more often be wrong than right.</summary>
    private const int MostSlips = 2;

    public static string Unknown(string what, string given, IReadOnlyList<string> known)
    {
        string listed = $"Known: {string.Join(", ", known)}.";
        return Closest(given, known) is { } closest
            ? $"unknown {what} '{given}': did you mean '{closest}'? {listed}"
            : $"unknown {what} '{given}'. {listed}";
    }

    private static string? Closest(string given, IReadOnlyList<string> known) =>
        known
            .Select(name => (Name: name, Slips: Slips(given.ToLowerInvariant(), name)))
            .Where(candidate => candidate.Slips <= Math.Min(MostSlips, candidate.Name.Length / 2))
            .OrderBy(candidate => candidate.Slips)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();

    /// <summary>Letters to insert, drop, replace or swap with their neighbour to get from one to the other.</summary>
    private static int Slips(string from, string to)
    {
        int[][] slips = [.. Enumerable.Range(0, from.Length + 1).Select(i => new int[to.Length + 1])];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                slips[i][j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(
                        slips[i - 1][j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1),
                        Math.Min(slips[i - 1][j], slips[i][j - 1]) + 1
                    ),
                };
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    slips[i][j] = Math.Min(slips[i][j], slips[i - 2][j - 2] + 1);
                }
            }
        }

        return slips[from.Length][to.Length];
    }
}
