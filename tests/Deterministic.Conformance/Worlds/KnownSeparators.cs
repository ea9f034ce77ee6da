using Deterministic.Core;

namespace Deterministic.Conformance;

/// <summary>
/// The separators that a script has used, prepared once each as a program would: a search made again with the same set goes on
/// where the last one stopped.
/// </summary>
internal sealed class KnownSeparators
{
    private readonly List<SeparatorSet> _sets = [];

    /// <exception cref="ArgumentException">There is none, or one is empty.</exception>
    public SeparatorSet Prepare(IReadOnlyList<byte[]> separators)
    {
        SeparatorSet? known = _sets.Find(set => AreSame(set.Separators, separators));
        if (known is null)
        {
            known = SeparatorSet.Create(separators.Select(separator => (ReadOnlyMemory<byte>)separator));
            _sets.Add(known);
        }

        return known;
    }

    private static bool AreSame(IReadOnlyList<ReadOnlyMemory<byte>> one, IReadOnlyList<byte[]> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => pair.First.Span.SequenceEqual(pair.Second));
}
