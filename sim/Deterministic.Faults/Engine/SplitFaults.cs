using Deterministic.Exploration;

namespace Deterministic.Faults.Engine;

/// <summary>How faults cut a stream of bytes: how many of those that could go at once do go. A single byte cannot be cut: there none strikes.</summary>
internal static class SplitFaults
{
    /// <summary>How many bytes a program is given, or the network takes of it, at once; all of them if no short read or short write strikes.</summary>
    /// <param name="injector">Asked for what strikes.</param>
    /// <param name="kind">Which of the two it would be.</param>
    /// <param name="site">The bytes that there are, or that there is room for.</param>
    public static int Shorten(FaultInjector injector, FaultKind kind, in InjectionPoint site) =>
        site.Count > 1 && injector.StrikeCut(kind, site) is not null
            ? injector.Choices.Between(ChoiceKind.Split, 1, site.Count)
            : site.Count;

    /// <summary>How many bytes a segment is cut to by a slicer; all of it if none strikes.</summary>
    /// <param name="injector">Asked for what strikes.</param>
    /// <param name="segment">The segment, not cut yet.</param>
    public static int Slice(FaultInjector injector, in InjectionPoint segment)
    {
        int count = segment.Count;
        if (count <= 1 || injector.StrikeCut(FaultKind.Slicer, segment) is not { } rule)
        {
            return count;
        }

        int least = (int)Math.Clamp(rule.Amount == 0 ? 1 : rule.Amount - rule.Spread, 1, count);
        int most = (int)Math.Clamp(rule.Amount == 0 ? count - 1 : rule.Amount + rule.Spread, least, count);
        return injector.Choices.Between(ChoiceKind.Split, least, most);
    }
}
