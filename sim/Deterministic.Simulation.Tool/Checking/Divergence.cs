namespace Deterministic.Simulation.Tool;

/// <summary>Two runs of one seed that differ, and where.</summary>
/// <param name="First">One of them.</param>
/// <param name="Second">The other.</param>
/// <param name="SecondRun">Where the other was made, as it follows "run here and".</param>
/// <param name="Shared">How many events they have in common; all that one or both have if only their ends differ.</param>
internal sealed record Divergence(KeptRun First, KeptRun Second, string SecondRun, int Shared)
{
    /// <summary>Whether the traces are the same, and something else differs.</summary>
    public bool IsInEndingOnly => Shared == First.Events.Count && Shared == Second.Events.Count;

    /// <returns>Null if they do not differ.</returns>
    public static Divergence? Find(KeptRun first, KeptRun second, string secondRun)
    {
        // The running hash holds all that came before, and what the events themselves do not: the bytes that travelled.
        int shared = first.Events.Zip(second.Events).TakeWhile(pair => pair.First.Hash == pair.Second.Hash).Count();
        Divergence divergence = new(first, second, secondRun, shared);
        return divergence.IsInEndingOnly && string.Equals(first.Ending, second.Ending, StringComparison.Ordinal)
            ? null
            : divergence;
    }
}
