namespace Deterministic.Conformance.Tests;

/// <summary>A test that needs a CPython; skipped, with the reason, where there is none that will do.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OracleFactAttribute : FactAttribute
{
    public OracleFactAttribute()
    {
        if (CPython.Found is null)
        {
            Skip = CPython.WhyNot;
        }
    }
}
