namespace Deterministic.Core.Tests;

public sealed record ConnectionStep(ConnectionStepKind Kind, int Count)
{
    public override string ToString() => Count == 0 ? $"{Kind}" : $"{Kind} {Count}";
}
