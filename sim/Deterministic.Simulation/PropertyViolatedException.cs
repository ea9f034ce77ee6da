namespace Deterministic.Simulation;

/// <summary>Ends a run in which the world itself has found that a property does not hold.</summary>
public sealed class PropertyViolatedException : Exception
{
    /// <summary>With what was found.</summary>
    /// <param name="finding">What does not hold, and when.</param>
    public PropertyViolatedException(Finding finding)
        : base(finding?.Detail) => Finding = finding ?? throw new ArgumentNullException(nameof(finding));

    /// <summary>What does not hold, and when.</summary>
    public Finding Finding { get; }
}
