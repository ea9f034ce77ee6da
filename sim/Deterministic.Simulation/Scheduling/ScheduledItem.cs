using System.Runtime.InteropServices;

namespace Deterministic.Simulation.Scheduling;

/// <summary>A handle on one scheduled callback. The default value is a handle on nothing.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct ScheduledItem : IEquatable<ScheduledItem>
{
    private readonly SimulationScheduler? _scheduler;
    private readonly TimedEntry? _entry;
    private readonly uint _version;

    internal ScheduledItem(SimulationScheduler scheduler, TimedEntry entry)
    {
        _scheduler = scheduler;
        _entry = entry;
        _version = entry.Version;
    }

    /// <summary>Whether the callback is still to run.</summary>
    public bool IsPending => _entry is not null && _entry.Version == _version;

    /// <summary>Keeps the callback from running, also when it is due already and waits for its turn.</summary>
    /// <returns>False when it has run, or was cancelled before.</returns>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public bool Cancel()
    {
        if (_scheduler is null)
        {
            return false;
        }

        _scheduler.VerifyAccess("ScheduledItem.Cancel");
        if (!IsPending)
        {
            return false;
        }

        _scheduler.Release(_entry!);
        return true;
    }

    /// <summary>Whether both are handles on the same scheduled callback.</summary>
    /// <param name="left">One handle.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(ScheduledItem left, ScheduledItem right) => left.Equals(right);

    /// <summary>Whether the two are handles on different callbacks.</summary>
    /// <param name="left">One handle.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(ScheduledItem left, ScheduledItem right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ScheduledItem other) => ReferenceEquals(_entry, other._entry) && _version == other._version;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ScheduledItem other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)_version;
}
