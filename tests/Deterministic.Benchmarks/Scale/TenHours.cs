using System.Diagnostics;
using System.Globalization;
using Deterministic.Faults;
using Deterministic.Scenarios;
using Deterministic.Simulation;

namespace Deterministic.Benchmarks.Scale;

/// <summary>Ten simulated hours of a chat with fifty members.</summary>
internal static class TenHours
{
    public static string Run(FaultProfile faults)
    {
        SimulationOptions options = new()
        {
            Faults = faults,
            Limits = new RunLimits { Steps = long.MaxValue, VirtualTime = TimeSpan.FromDays(10) },
        };
        Stopwatch watch = Stopwatch.StartNew();
        SimulationRun run = SimulationRunner.Run(new LongChatScenario(), seed: 1, options);
        TimeSpan took = watch.Elapsed;
        return run.Finding is { } finding
            ? throw new InvalidOperationException(finding.ToString())
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{run.VirtualTime.TotalHours:0.0} h under {faults.Name} in {took.TotalSeconds:0.0} s, {run.Steps:N0} steps, {run.Trace.Count:N0} events"
            );
    }
}
