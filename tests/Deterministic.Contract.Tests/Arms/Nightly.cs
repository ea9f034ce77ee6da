namespace Deterministic.Contract.Tests;

/// <summary>Whether the arms are held to the whole contract, or to the short form that every run of the tests has time for.</summary>
internal static class Nightly
{
    /// <summary>Set to 1 by <c>.ci/nightly</c>.</summary>
    public const string Variable = "DETERMINISTIC_NIGHTLY";

    public static bool IsOn { get; } =
        string.Equals(Environment.GetEnvironmentVariable(Variable), "1", StringComparison.Ordinal);
}
