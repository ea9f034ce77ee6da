namespace Deterministic.Faults.Engine;

/// <summary>The effect of a persistent rule between two hosts: drawn once, at the first opportunity.</summary>
/// <param name="Applies">Whether its probability has picked the pair.</param>
/// <param name="Time">Its time.</param>
/// <param name="Queue">The queue of a line of finite speed.</param>
internal sealed record PersistentFault(bool Applies, TimeSpan Time, LinkQueue? Queue);
