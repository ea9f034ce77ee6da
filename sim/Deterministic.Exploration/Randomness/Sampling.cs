namespace Deterministic.Exploration.Randomness;

/// <summary>Random orders. Each place is a separate choice among the remaining items, so that with choice 0 everywhere the order is unchanged.</summary>
internal static class Sampling
{
    /// <summary>All items, in a random order.</summary>
    /// <param name="choices">The source of the decisions.</param>
    /// <param name="kind">What is decided.</param>
    /// <param name="items">The items; not modified.</param>
    public static List<T> Shuffle<T>(this ChoiceSource choices, ChoiceKind kind, IReadOnlyCollection<T> items) =>
        choices.Sample(kind, items, items.Count);

    /// <summary>A sample without replacement, in the order in which the items are drawn.</summary>
    /// <param name="choices">The source of the decisions.</param>
    /// <param name="kind">What is decided.</param>
    /// <param name="items">The items; not modified.</param>
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
