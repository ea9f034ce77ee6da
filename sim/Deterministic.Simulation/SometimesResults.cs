namespace Deterministic.Simulation;

/// <summary>
/// What must happen in some run, not in each: the properties of <see cref="ScenarioWorld.Sometimes"/> and <see cref="ScenarioWorld.Reachable"/>. A search that never gets to
/// the interesting state finds nothing there, and looks just like one that does.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class SometimesResults
{
    private readonly SortedDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    /// <summary>What was not seen yet, in ordinal order.</summary>
    public IEnumerable<string> Missing => _seen.Where(property => !property.Value).Select(property => property.Key);

    /// <summary>What was seen, in ordinal order.</summary>
    public IEnumerable<string> Seen => _seen.Where(property => property.Value).Select(property => property.Key);

    /// <summary>Takes down that a property is looked for, and whether it was seen now.</summary>
    /// <param name="property">Its name.</param>
    /// <param name="seen">Whether it holds at this moment.</param>
    public void Add(string property, bool seen)
    {
        ArgumentException.ThrowIfNullOrEmpty(property);
        _seen[property] = seen || _seen.GetValueOrDefault(property);
    }

    /// <summary>Takes down what was looked for and seen in another run.</summary>
    /// <param name="other">That run's.</param>
    public void Add(SometimesResults other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach ((string property, bool seen) in other._seen)
        {
            Add(property, seen);
        }
    }
}
