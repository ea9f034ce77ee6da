using Deterministic.Faults;

namespace Deterministic.Simulation.Tests;

/// <summary>Says that a test shows what a fault does to a network that is decorated with it.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ShowsDecoratedFaultAttribute(FaultKind kind) : Attribute
{
    public FaultKind Kind => kind;
}
