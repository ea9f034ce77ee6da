namespace Deterministic.Simulation.Waiting;

/// <summary>What was seen of one call of an async method, from its first wait on.</summary>
/// <param name="number">In the order in which such calls were seen.</param>
/// <param name="name">The runtime's name for it.</param>
/// <param name="owner">The owner of the item in which it was called.</param>
internal sealed class AsyncMethodRecord(int number, string name, string owner)
{
    public int Number { get; } = number;

    public string Name { get; } = name;

    public string Owner { get; } = owner;

    /// <summary>When it last ran. No virtual time passes within an item, so it has waited since then.</summary>
    public TimeSpan Since { get; set; }

    public long Resumptions { get; set; }
}
