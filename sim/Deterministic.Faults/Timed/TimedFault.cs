using Deterministic.Faults.Decorating;

namespace Deterministic.Faults.Timed;

/// <summary>What a rule that strikes at points in time does this time: everything about it that is drawn.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Target">The host that it concerns; of several, the first.</param>
/// <param name="Peer">The host at the other end of the way that is blocked; <paramref name="Target"/> where there is no such way.</param>
/// <param name="Lasts">When it is undone, counted from now; null if not before all faults end.</param>
internal sealed record TimedFault(FaultRule Rule, string Target, string Peer, TimeSpan? Lasts)
{
    /// <summary>The ways that it blocks; none for a fault of a host.</summary>
    public IReadOnlyList<PathBlock> Blocks { get; init; } = [];

    /// <summary>For a clock: whether it goes slower instead of faster, or is set back instead of forward.</summary>
    public bool IsBackward { get; init; }

    /// <summary>For a clock that is set: by how much, either way.</summary>
    public TimeSpan Step { get; init; }

    /// <summary>Whether what is blocked waits until the end; otherwise it is lost.</summary>
    public bool Holds =>
        Rule.Kind is FaultKind.ClogSend or FaultKind.ClogReceive or FaultKind.ClogPair or FaultKind.Hold;
}
