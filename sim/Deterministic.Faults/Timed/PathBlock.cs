namespace Deterministic.Faults.Timed;

/// <summary>Ways between hosts that carry nothing for a while.</summary>
/// <param name="Covers">Whether the way from one host to another is among them.</param>
/// <param name="Begin">From when, counted from the moment at which the fault strikes.</param>
/// <param name="End">Until when, counted in the same way.</param>
internal sealed record PathBlock(Func<string, string, bool> Covers, TimeSpan Begin, TimeSpan End);
