namespace Deterministic.Faults;

/// <summary>The settings of a fault, besides where and when.</summary>
[Flags]
public enum FaultSetting
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>How long it lasts, or how much it delays.</summary>
    Time = 1 << 0,

    /// <summary>An amount.</summary>
    Amount = 1 << 1,

    /// <summary>A second amount.</summary>
    Spread = 1 << 2,

    /// <summary>A distribution of latencies.</summary>
    Distribution = 1 << 3,
}
