namespace Deterministic.Exploration;

/// <summary>Takes the decisions of a run, in order, on the simulator's thread.</summary>
public abstract class ChoiceStrategy
{
    /// <summary>Takes one of several alternatives.</summary>
    /// <param name="kind">What is decided.</param>
    /// <param name="alternatives">How many alternatives there are; at least 2.</param>
    /// <returns>A number from 0 to <paramref name="alternatives"/> − 1.</returns>
    public abstract int Choose(ChoiceKind kind, int alternatives);
}
