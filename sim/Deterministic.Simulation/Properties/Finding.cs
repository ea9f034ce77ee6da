namespace Deterministic.Simulation;

/// <summary>A property that did not hold.</summary>
/// <param name="Property">Which: a name of <see cref="BuiltInProperties"/>, or one of the scenario's own.</param>
/// <param name="Time">When, in the time of the world, since its start.</param>
/// <param name="Detail">What happened, in one line.</param>
public sealed record Finding(string Property, TimeSpan Time, string Detail);
