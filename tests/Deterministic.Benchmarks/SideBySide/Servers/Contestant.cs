namespace Deterministic.Benchmarks.SideBySide;

/// <summary>A server to be measured.</summary>
/// <param name="Name">As it appears in the tables.</param>
/// <param name="StartAsync">Starts it on any free port of the loopback address.</param>
/// <param name="IsCeiling">Whether it does less than the others, so that it shows what is possible and is not one to be beaten.</param>
internal sealed record Contestant(string Name, Func<Task<RunningServer>> StartAsync, bool IsCeiling = false)
{
    public const string OursName = "Deterministic";

    public bool IsOurs => string.Equals(Name, OursName, StringComparison.Ordinal);
}
