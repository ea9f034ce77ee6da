using System.Runtime.CompilerServices;
using Deterministic.Faults;

namespace Deterministic.Simulation;

/// <content>How long scenarios take without faults.</content>
public static partial class SimulationRunner
{
    /// <summary>How long scenarios take without faults, each measured once by a run of its own.</summary>
    private static class CalmTimes
    {
        private static readonly ConditionalWeakTable<Scenario, Lazy<TimeSpan>> Known = [];

        /// <summary>The virtual time of the scenario's run with seed 0 under <see cref="FaultProfiles.Calm"/>, however it ends. Any thread may ask.</summary>
        public static TimeSpan Of(Scenario scenario, RunLimits limits) =>
            Known.GetValue(scenario, one => new Lazy<TimeSpan>(() => Measure(one, limits))).Value;

        private static TimeSpan Measure(Scenario scenario, RunLimits limits)
        {
            SimulationOptions options = new()
            {
                Faults = FaultProfiles.Calm,
                Limits = limits,
                WatchTasks = false,
                ExplainWaits = false,
            };
            return SimulationRunner.Run(scenario, seed: 0, options).VirtualTime;
        }
    }
}
