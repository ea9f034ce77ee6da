namespace Deterministic.Simulation.Tracing;

/// <summary>Where the traces of two runs part that should be the same.</summary>
/// <param name="One">The events of one run.</param>
/// <param name="Other">The events of the other.</param>
/// <param name="Shared">How many events they have in common.</param>
internal sealed record TraceDifference(
    IReadOnlyList<HashedTraceEvent> One,
    IReadOnlyList<HashedTraceEvent> Other,
    int Shared
)
{
    private const int ShownBefore = 5;
    private const string Nothing = "no event: it ends here";

    /// <summary>Whether the traces are the same.</summary>
    public bool IsNone => Shared == One.Count && Shared == Other.Count;

    /// <summary>Both traces must have kept their events.</summary>
    public static TraceDifference Of(IReadOnlyList<HashedTraceEvent> one, IReadOnlyList<HashedTraceEvent> other)
    {
        // The running hash holds all that came before, and what the events themselves do not: the bytes that travelled.
        int shared = one.Zip(other).TakeWhile(pair => pair.First.Hash == pair.Second.Hash).Count();
        return new TraceDifference(one, other, shared);
    }

    /// <summary>The first event that differs as both runs have it, and what came before, in lines. For traces that differ.</summary>
    /// <param name="oneRun">Where or when the first run was made: "here".</param>
    /// <param name="otherRun">The same of the other: "once more".</param>
    public IEnumerable<string> Lines(string oneRun, string otherRun)
    {
        int first = Math.Max(0, Shared - ShownBefore);
        TraceEvent[] shared = [.. One.Take(Shared).Skip(first).Select(e => e.Event)];
        TraceEvent[] one = [.. One.Skip(Shared).Take(1).Select(e => e.Event)];
        TraceEvent[] other = [.. Other.Skip(Shared).Take(1).Select(e => e.Event)];
        string[] lines = TraceText.Lines([.. shared, .. one, .. other]);
        string number = Number(Shared + 1);
        for (int i = 0; i < shared.Length; i++)
        {
            yield return $"  {Number(first + i + 1).PadLeft(number.Length)}  {lines[i]}";
        }

        yield return $"{oneRun}, of {Events(One.Count)}:";
        yield return $"> {number}  {(one.Length > 0 ? lines[shared.Length] : Nothing)}";
        yield return $"{otherRun}, of {Events(Other.Count)}:";
        yield return $"> {number}  {(other.Length > 0 ? lines[^1] : Nothing)}";
        if (one is [var mine] && other is [var theirs] && mine == theirs)
        {
            yield return "The event is the same, and the bytes that it carries are not.";
        }
    }

    private static string Events(int count) => $"{Number(count)} event{(count == 1 ? "" : "s")}";

    private static string Number(int number) =>
        number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
