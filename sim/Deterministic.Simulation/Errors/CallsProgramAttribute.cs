namespace Deterministic.Simulation.Errors;

/// <summary>Marks a method that calls a callback of the program and does nothing else: what it throws is the program's.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CallsProgramAttribute : Attribute;
