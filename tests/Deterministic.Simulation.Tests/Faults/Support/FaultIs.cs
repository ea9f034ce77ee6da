namespace Deterministic.Simulation.Tests;

/// <summary>Which side of a fault a test shows.</summary>
[Flags]
public enum FaultIs
{
    On = 1 << 0,
    Off = 1 << 1,
    OnAndOff = On | Off,
}
