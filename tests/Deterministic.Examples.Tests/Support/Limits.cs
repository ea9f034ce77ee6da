namespace Deterministic.Examples.Tests;

/// <summary>How long things may take.</summary>
internal static class Limits
{
    /// <summary>Milliseconds after which a test on real sockets fails instead of hanging. Far above what any takes on a busy machine.</summary>
    public const int Hang = 60_000;
}
