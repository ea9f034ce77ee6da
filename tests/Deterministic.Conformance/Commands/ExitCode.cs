namespace Deterministic.Conformance;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Good = 0;
    public const int Different = 1;
    public const int Malformed = 2;
}
