namespace Deterministic.Faults.Text;

/// <summary>What to say about a name that is not known: the known one that was most likely meant, and which there are.</summary>
internal static class KnownNames
{
    /// <summary>More slips than this in one name, and a guess would more often be wrong than right.</summary>
    private const int MostSlips = 2;

    /// <summary>With half of its letters wrong, a short name is another one.</summary>
    private const int LettersForASlip = 3;

    /// <summary>As many names as one can look through.</summary>
    private const int MostListed = 10;

    /// <summary>The one that was most likely meant; null if none is like it.</summary>
    public static string? Closest(string given, IEnumerable<string> known) =>
        known
            .Select(name => (Name: name, Slips: Slips(given.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(candidate => candidate.Slips <= Math.Min(MostSlips, candidate.Name.Length / LettersForASlip))
            .OrderBy(candidate => candidate.Slips)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();

    /// <summary>A sentence with a space before it, <c> Did you mean 'reset'?</c>; empty if none is like it.</summary>
    public static string DidYouMean(string given, IEnumerable<string> known) =>
        Closest(given, known) is { } closest ? $" Did you mean '{closest}'?" : "";

    /// <summary>The first ones, and how many more there are.</summary>
    public static string List(IReadOnlyCollection<string> known, int most = MostListed) =>
        known.Count <= most
            ? string.Join(", ", known)
            : $"{string.Join(", ", known.Take(most))} and {known.Count - most} more";

    /// <summary>Letters to insert, drop, replace or swap with their neighbour to get from one to the other.</summary>
    private static int Slips(string from, string to)
    {
        if (Math.Abs(from.Length - to.Length) > MostSlips)
        {
            // Each of those letters is a slip, and a hostile name could be long.
            return int.MaxValue;
        }

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
