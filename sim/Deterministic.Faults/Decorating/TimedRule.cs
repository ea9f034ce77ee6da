using Deterministic.Faults.Engine;

namespace Deterministic.Faults.Decorating;

/// <summary>A rule that strikes at points in time, and the next of them.</summary>
/// <param name="active">The rule and how often it has struck.</param>
/// <param name="first">When it strikes first.</param>
internal sealed class TimedRule(ActiveRule active, TimeSpan first)
{
    public ActiveRule Active => active;

    public FaultRule Rule => active.Rule;

    /// <summary>When it strikes next; null for never again.</summary>
    public TimeSpan? Next { get; set; } = first;

    /// <summary>Whether its time has come without a target: then it strikes as soon as there is one.</summary>
    public bool IsOwed { get; set; }
}
