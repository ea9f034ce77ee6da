namespace Deterministic.Simulation.Tool.Tests;

/// <summary>A test that needs Wireshark's <c>tshark</c>; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TsharkTheoryAttribute : TheoryAttribute
{
    public TsharkTheoryAttribute()
    {
        Skip = Tshark.WhyNot;
    }
}
