using System.Runtime.CompilerServices;

namespace Deterministic.Simulation;

/// <summary>How a network behaves: what is ordinary on it, and which faults strike how often. Probabilities are in thousandths.</summary>
/// <remarks>
/// TCP's contract is kept: on a live connection nothing is lost, duplicated or reordered. A lost packet shows as a stall, the time until
/// its retransmission arrives.
/// </remarks>
public sealed record FaultProfile
{
    /// <summary>Its name on command lines and in tapes.</summary>
    public required string Name { get; init; }

    /// <summary>What it stands for, in one line.</summary>
    public required string Description { get; init; }

    /// <summary>The shortest time that a segment travels one way.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or above a thousand seconds.</exception>
    public TimeSpan MinLatency
    {
        get;
        init => field = Duration(value);
    } = TimeSpan.FromMicroseconds(100);

    /// <summary>The longest time that a segment travels one way, stalls aside.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or above a thousand seconds.</exception>
    public TimeSpan MaxLatency
    {
        get;
        init => field = Duration(value);
    } = TimeSpan.FromMilliseconds(2);

    /// <summary>Slicer: how often a write is cut into segments at an arbitrary byte; asked again for what is left of it.</summary>
    public int SplitPerMille
    {
        get;
        init => field = PerMille(value);
    }

    /// <summary>Short write: how often the network takes only a part of what a program sends.</summary>
    public int ShortWritePerMille
    {
        get;
        init => field = PerMille(value);
    }

    /// <summary>Short read: how often a program is given only a part of what has arrived.</summary>
    public int ShortReadPerMille
    {
        get;
        init => field = PerMille(value);
    }

    /// <summary>Stall: how often a segment, and with it all behind it, is held up for a while.</summary>
    public int StallPerMille
    {
        get;
        init => field = PerMille(value);
    }

    /// <summary>The longest stall; the shortest is a tenth of it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or above a thousand seconds.</exception>
    public TimeSpan MaxStall
    {
        get;
        init => field = Duration(value);
    } = TimeSpan.FromSeconds(1);

    /// <summary>Reset: how often, counted for each send, the network resets the connection.</summary>
    public int ResetPerMille
    {
        get;
        init => field = PerMille(value);
    }

    /// <summary>Refused: how often an attempt to connect is refused although somebody listens.</summary>
    public int RefusePerMille
    {
        get;
        init => field = PerMille(value);
    }

    /// <summary>The window: how many bytes of one direction may be under way or unread before the sender must wait.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int WindowBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 64 * 1024;

    private static int PerMille(int value, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1000, name);
        return value;
    }

    /// <summary>Choices of time are made in microseconds and must fit an integer: a thousand seconds does with room to spare.</summary>
    private static TimeSpan Duration(TimeSpan value, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromSeconds(1000), name);
        return value;
    }
}
