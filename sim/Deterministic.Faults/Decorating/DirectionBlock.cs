namespace Deterministic.Faults.Decorating;

/// <summary>Ways that nothing passes for a while.</summary>
/// <param name="Covers">Which, from one host to another.</param>
/// <param name="Begin">From when.</param>
/// <param name="End">Until when.</param>
internal sealed record DirectionBlock(Func<string, string, bool> Covers, TimeSpan Begin, TimeSpan End);
