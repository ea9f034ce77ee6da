using System.Globalization;
using Deterministic.Exploration;
using Deterministic.Faults;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Links;
using Deterministic.Simulation.Tcp;

namespace Deterministic.Simulation;

/// <summary>
/// The way from one host to another, in one direction; the way back is a link of its own. How it behaves can be changed at any time, for what sets out from then on:
/// what is under way arrives as it would have.
/// </summary>
/// <remarks>For the simulator's thread only. Get one from <see cref="SimulatedWorld.Link"/>.</remarks>
public sealed class SimulatedLink
{
    private readonly SimulatedWorld _world;

    /// <summary>Directions of connections with packets that wait for the link to be let go, in the order in which they began to wait.</summary>
    private readonly List<Wire> _holding = [];
    private readonly LinkFaults _faults;
    private readonly LinkBlocks _blocks = new();
    private LinkQueue? _queue;

    internal SimulatedLink(SimulatedWorld world, SimulatedHost from, SimulatedHost to)
    {
        _world = world;
        From = from;
        To = to;
        Latency = world.Faults.Latency;
        _faults = new LinkFaults(world, this);
    }

    /// <summary>Where it begins.</summary>
    public SimulatedHost From { get; }

    /// <summary>Where it leads.</summary>
    public SimulatedHost To { get; }

    /// <summary>What it does with packets.</summary>
    public LinkState State { get; private set; }

    /// <summary>How long a packet travels, before anything else holds it up. By default what the profile says.</summary>
    public LatencyDistribution Latency
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    /// <summary>How often a packet is lost, in thousandths. TCP sends it again: the program sees a stall. 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1000.</exception>
    public int LossPerMille
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1000);
            field = value;
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
        _queue = bitsPerSecond is { } rate ? new LinkQueue(rate, queueBytes) : null;
    }

    /// <summary>From now on every packet is lost, and what is held is too.</summary>
    public void Partition() => Set(LinkState.Partitioned);

    /// <summary>From now on every packet waits, in order, until the link is healed: a clog.</summary>
    public void Hold() => Set(LinkState.Held);

    /// <summary>As <see cref="Hold()"/>, for a time.</summary>
    /// <param name="time">After this it is healed, whatever it has become by then.</param>
    /// <returns>A handle that keeps it from being healed.</returns>
    public ScheduledItem Hold(TimeSpan time)
    {
        Hold();
        return _world.Scheduler.ScheduleAfter(time, To.Name, static state => ((SimulatedLink)state!).Heal(), this);
    }

    /// <summary>Packets pass again, unless a fault keeps them; those that were held set out now.</summary>
    public void Heal() => Set(LinkState.Open);

    /// <summary>A fault holds or loses packets, whatever else does.</summary>
    internal void Block(LinkState state)
    {
        _blocks.Add(state);
        Follow();
    }

    /// <summary>That fault is over.</summary>
    internal void Unblock(LinkState state)
    {
        _blocks.Remove(state);
        Follow();
    }

    /// <summary>A packet sets out.</summary>
    internal PacketVerdict Fate(in Packet packet, long connection)
    {
        if (State == LinkState.Partitioned || _world.Network.IsBlackholed(connection))
        {
            return PacketVerdict.Lost;
        }

        if (State == LinkState.Held)
        {
            return PacketVerdict.Held;
        }

        if (_world.Choices.Chance(ChoiceKind.Fault, LossPerMille) || _faults.Loses(packet, connection))
        {
            return PacketVerdict.Lost;
        }

        return Queue is { } queue && !queue.TryEnter(packet.Length + Packet.HeaderBytes, _world.Scheduler.Now)
            ? PacketVerdict.Lost
            : PacketVerdict.Passes;
    }

    /// <summary>How long a packet that passes takes from now on.</summary>
    internal TimeSpan Delay(in Packet packet, long connection) =>
        _faults.Latency(packet, connection)
        + (Queue?.Wait(_world.Scheduler.Now) ?? TimeSpan.Zero)
        + _faults.HoldUp(packet, connection);

    internal void AddHolding(Wire wire) => _holding.Add(wire);

    private LinkQueue? Queue => _queue ?? _faults.Queue;

    private void Set(LinkState state)
    {
        _world.Scheduler.VerifyAccess("Changing a link of the simulation");
        _blocks.Set(state);
        Follow();
    }

    /// <summary>Becomes what is asked of it, and deals with what it holds.</summary>
    private void Follow()
    {
        LinkState next = _blocks.State;
        if (State == next)
        {
            return;
        }

        Record(next);
        State = next;
        if (next == LinkState.Held)
        {
            return;
        }

        foreach (Wire wire in _holding)
        {
            if (next == LinkState.Open)
            {
                wire.LetGo();
            }
            else
            {
                wire.LoseHeld();
            }
        }

        _holding.Clear();
        if (next == LinkState.Partitioned)
        {
            From.Tcp.ScheduleProbe(To);
            To.Tcp.ScheduleProbe(From);
        }
    }

    private void Record(LinkState next)
    {
        string what = string.Create(
            CultureInfo.InvariantCulture,
            $"{(next == LinkState.Open ? State : next)} to {To.Name}"
        );
        _world.Trace.Record(
            _world.Scheduler.Now,
            From.Name,
            0,
            next == LinkState.Open ? TraceKind.Healed : TraceKind.Fault,
            text: what
        );
    }
}
