using Deterministic.Simulation.Tracing;

namespace Deterministic.Simulation.Tool.Tests;

/// <summary>What became of a command.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The hash of a single run's trace.</summary>
    public string TraceHash => OutputLines.Single(line => line.StartsWith("trace hash ", StringComparison.Ordinal));
}
