namespace Deterministic.Faults;

public static partial class FaultCatalog
{
    private static FaultDescriptor[] Hosts =>
        [
            new()
            {
                Kind = FaultKind.Crash,
                Name = "crash",
                Group = FaultGroup.Host,
                Timing = FaultTiming.AtTimes,
                Description = "a host stops, and its programs lose everything in memory",
            },
            new()
            {
                Kind = FaultKind.Bounce,
                Name = "bounce",
                Group = FaultGroup.Host,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Description = "a host crashes and starts again after a while",
            },
            new()
            {
                Kind = FaultKind.Pause,
                Name = "pause",
                Group = FaultGroup.Host,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Description = "the programs of a host are paused for a while; its kernel continues",
            },
            new()
            {
                Kind = FaultKind.Throttle,
                Name = "throttle",
                Group = FaultGroup.Host,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time | FaultSetting.Amount,
                Measured = "microseconds for each step of a program",
                Description = "the programs of a host are slow for a while",
            },
            new()
            {
                Kind = FaultKind.ClockSkew,
                Name = "clock-skew",
                Group = FaultGroup.Host,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Description = "the clock of a host is wrong by a constant time, ahead or behind",
            },
            new()
            {
                Kind = FaultKind.ClockDrift,
                Name = "clock-drift",
                Group = FaultGroup.Host,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time | FaultSetting.Amount,
                Measured = "parts per million, ahead or behind",
                Description = "the clock of a host runs too fast or too slow for a while",
            },
            new()
            {
                Kind = FaultKind.ClockStep,
                Name = "clock-step",
                Group = FaultGroup.Host,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Description = "the clock of a host jumps, ahead or back",
            },
        ];
}
