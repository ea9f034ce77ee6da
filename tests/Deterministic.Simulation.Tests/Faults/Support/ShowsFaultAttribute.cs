using Deterministic.Faults;

namespace Deterministic.Simulation.Tests;

/// <summary>Says that a test shows what a fault does to a stream, or that nothing of the sort happens without it.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ShowsFaultAttribute(FaultKind kind, FaultIs aspect = FaultIs.OnAndOff) : Attribute
{
    public FaultKind Kind => kind;

    public FaultIs Aspect => aspect;
}
