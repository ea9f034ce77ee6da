namespace Deterministic.Simulation.Waiting;

/// <summary>Marks a type whose async methods wait until a property of the program comes true.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AwaitsPropertyAttribute : Attribute;
