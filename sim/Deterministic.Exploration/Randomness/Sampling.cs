namespace Deterministic.Exploration.Randomness;

/// <summary>Random orders. Each place is a choice of its own among what is left, so that with choice 0 everywhere the order stays as it was.</summary>
internal static class Sampling
{
    /// <summary>All of some items, in an order that is drawn.</summary>
    /// <param name="choices">Where it is drawn from.</param>
    /// <param name="kind">What is decided.</param>
    /// <param name="items">Stay as they are.</param>
    public static List<T> Shuffle<T>(this ChoiceSource choices, ChoiceKind kind, IReadOnlyCollection<T> items) =>
        choices.Sample(kind, items, items.Count);

    /// <summary>A sample without replacement: some of the items, in the order in which they are drawn.</summary>
    /// <param name="choices">Where it is drawn from.</param>
    /// <param name="kind">What is decided.</param>
    /// <param name="items">Stay as they are.</param>
    /// <param name="count">How many to draw; at most as many as there are.</param>
    public static List<T> Sample<T>(this ChoiceSource choices, ChoiceKind kind, IEnumerable<T> items, int count)
    {
        List<T> left = [.. items];
        List<T> drawn = [];
        while (drawn.Count < count)
        {
            int place = choices.Choose(kind, left.Count);
            drawn.Add(left[place]);
            left.RemoveAt(place);
        }

        return drawn;
    }
}
