using Deterministic.Faults.Engine;

namespace Deterministic.Faults.Decorating;

/// <summary>A rule that strikes at points in time, and the next of them.</summary>
internal sealed class TimedRule(ActiveRule armed, TimeSpan first)
{
    public ActiveRule Armed => armed;

    public FaultRule Rule => armed.Rule;

    /// <summary>When it strikes next; null for never again.</summary>
    public TimeSpan? Next { get; set; } = first;

    /// <summary>Whether its time has come and there was nobody to be struck: then it strikes as soon as there is.</summary>
    public bool IsOwed { get; set; }
}
