using Deterministic.Exploration;

namespace Deterministic.Faults.Engine;

/// <summary>Where faults strike: a simulated world, or networks that are decorated.</summary>
internal interface IFaultEnvironment
{
    /// <summary>The time since its beginning.</summary>
    TimeSpan Now { get; }

    /// <summary>Where decisions come from.</summary>
    ChoiceSource Choices { get; }

    /// <summary>A fault has struck.</summary>
    /// <param name="rule">By which rule.</param>
    /// <param name="site">Where.</param>
    /// <param name="time">How long it lasts; zero if that has no meaning.</param>
    void Note(FaultRule rule, in InjectionPoint site, TimeSpan time);

    /// <summary>A fault has cut a stream. For a stage that does not report the cut itself, where it shows, with its size.</summary>
    /// <param name="rule">By which rule.</param>
    /// <param name="site">Where.</param>
    void NoteCut(FaultRule rule, in InjectionPoint site);
}
