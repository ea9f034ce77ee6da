using System.Runtime.InteropServices;

namespace Deterministic.Faults;

/// <summary>When a fault strikes. The default is <see cref="FaultTriggerKind.Always"/>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly partial record struct FaultTrigger
{
    private FaultTrigger(FaultTriggerKind kind, long value)
    {
        Kind = kind;
        Value = value;
    }

    /// <summary>The kind of trigger.</summary>
    public FaultTriggerKind Kind { get; }

    /// <summary>Thousandths, a number from 1, bytes, or ticks of 100 ns, depending on the kind.</summary>
    internal long Value { get; }

    /// <summary>The probability in thousandths, for <see cref="FaultTriggerKind.Probability"/>; 1000 for <see cref="FaultTriggerKind.Always"/>.</summary>
    internal int PerMille => Kind == FaultTriggerKind.Probability ? (int)Value : 1000;

    /// <summary>The time, for <see cref="FaultTriggerKind.At"/> and <see cref="FaultTriggerKind.Every"/>.</summary>
    internal TimeSpan Time => new(Value);

    /// <summary>Each opportunity with a probability.</summary>
    /// <param name="perMille">In thousandths, 0 to 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public static FaultTrigger Probability(int perMille)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(perMille);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(perMille, 1000);
        return new(FaultTriggerKind.Probability, perMille);
    }

    /// <summary>One opportunity within the scope.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public static FaultTrigger Nth(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        return new(FaultTriggerKind.Nth, number);
    }

    /// <summary>Once for each connection and direction, right after the given number of bytes.</summary>
    /// <param name="bytes">The number of bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public static FaultTrigger AfterBytes(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        return new(FaultTriggerKind.AfterBytes, bytes);
    }

    /// <summary>A point in time.</summary>
    /// <param name="time">Since the start of the world.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public static FaultTrigger At(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        return new(FaultTriggerKind.At, time.Ticks);
    }

    /// <summary>Repeatedly.</summary>
    /// <param name="mean">The average interval: each interval is drawn from a microsecond to twice this. A microsecond to a thousand seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is too short, or too long.</exception>
    public static FaultTrigger Every(TimeSpan mean)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mean, TimeSpan.FromMicroseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mean, DurationRange.Longest);
        return new(FaultTriggerKind.Every, mean.Ticks);
    }
}
