namespace Deterministic.Conformance.Samples;

/// <summary>Decides when it is made, as those do that look for a program or a permission.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WhenItRainsFactAttribute : FactAttribute
{
    public WhenItRainsFactAttribute() => throw new InvalidOperationException("Reading an assembly runs no code of it.");
}
