using Deterministic.Faults;
using Deterministic.Simulation.Links;
using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation;

/// <summary>
/// The way from one host to another, in one direction; the way back is a link of its own. How it behaves can be changed at any time, for what is sent from then on:
/// what is under way arrives as it would have.
/// </summary>
/// <remarks>For the simulator's thread only. Get one from <see cref="SimulatedWorld.Link"/>.</remarks>
public sealed class SimulatedLink
{
    private readonly NetworkLink _link;
    private readonly SimulationScheduler _scheduler;

    internal SimulatedLink(NetworkLink link, SimulationScheduler scheduler, SimulatedHost from, SimulatedHost to)
    {
        _link = link;
        _scheduler = scheduler;
        From = from;
        To = to;
    }

    /// <summary>Where it begins.</summary>
    public SimulatedHost From { get; }

    /// <summary>Where it leads.</summary>
    public SimulatedHost To { get; }

    /// <summary>What it does with packets.</summary>
    public LinkState State => _link.State;

    /// <summary>How long a packet travels, before anything else holds it up. By default what the profile says.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public LatencyDistribution Latency
    {
        get => _link.Latency;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _link.Latency = value;
        }
    }

    /// <summary>How often a packet is lost, in thousandths. TCP sends it again: the program sees a stall. 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1000.</exception>
    public int LossPerMille
    {
        get => _link.LossPerMille;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1000);
            _link.LossPerMille = value;
        }
    }

    /// <summary>
    /// Bounds how much passes. Packets queue for their turn; those that find the queue full are lost. A long queue before a slow line is what is called bufferbloat:
    /// nothing is lost, and everything is late.
    /// </summary>
    /// <param name="bitsPerSecond">What passes, headers of 40 bytes a packet counted; null for any amount.</param>
    /// <param name="queueBytes">How many bytes may wait. 64 KiB.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not positive.</exception>
    public void SetBandwidth(long? bitsPerSecond, int queueBytes = 64 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(queueBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bitsPerSecond ?? 1, nameof(bitsPerSecond));
        _link.SetBandwidth(bitsPerSecond, queueBytes);
    }

    /// <summary>From now on every packet is lost, and what is held is too.</summary>
    public void Partition() => Set(LinkState.Partitioned);

    /// <summary>From now on every packet waits, in order, until the link is healed: a clog.</summary>
    public void Hold() => Set(LinkState.Held);

    /// <summary>As <see cref="Hold()"/>, for a time.</summary>
    /// <param name="time">After this it is healed, whatever its state is by then.</param>
    /// <returns>A handle that keeps it from being healed.</returns>
    public ScheduledItem Hold(TimeSpan time)
    {
        Hold();
        return _scheduler.ScheduleAfter(time, To.Name, static state => ((SimulatedLink)state!).Heal(), this);
    }

    /// <summary>Packets pass again, unless a fault keeps them; those that were held leave now.</summary>
    public void Heal() => Set(LinkState.Open);

    private void Set(LinkState state)
    {
        _scheduler.VerifyAccess("Changing a link of the simulation");
        _link.Set(state);
    }
}
