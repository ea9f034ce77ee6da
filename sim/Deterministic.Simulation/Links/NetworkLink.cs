using System.Globalization;
using Deterministic.Exploration;
using Deterministic.Faults;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Context;

namespace Deterministic.Simulation.Links;

/// <summary>
/// The way from one host to another, in one direction; the way back is a link of its own. A change of how it behaves counts for what is sent from then on.
/// </summary>
/// <remarks>
/// The map of this folder. A link decides about each <see cref="Packet"/> that is sent (<see cref="PacketVerdict"/>) and how long it takes, with the faults of links in
/// <see cref="LinkFaults"/>. What the scenario and any number of faults ask of it at once is in <see cref="LinkBlocks"/>.
/// </remarks>
internal sealed class NetworkLink
{
    private readonly WorldContext _world;

    /// <summary>Directions of connections with packets that wait until the link is open, in the order in which they began to wait.</summary>
    private readonly List<IHeldPackets> _holding = [];
    private readonly LinkFaults _faults;
    private readonly LinkBlocks _blocks = new();
    private LinkQueue? _queue;

    public NetworkLink(WorldContext world, ILinkEnd from, ILinkEnd to)
    {
        _world = world;
        From = from;
        To = to;
        Latency = world.Faults.Latency;
        _faults = new LinkFaults(world, this);
    }

    /// <summary>Where it begins.</summary>
    public ILinkEnd From { get; }

    /// <summary>Where it leads.</summary>
    public ILinkEnd To { get; }

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
    public void SetBandwidth(long? bitsPerSecond, int queueBytes = 64 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(queueBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bitsPerSecond ?? 1, nameof(bitsPerSecond));
        _queue = bitsPerSecond is { } rate ? new LinkQueue(rate, queueBytes) : null;
    }

    /// <summary>A fault holds or loses packets, whatever else does.</summary>
    public void Block(LinkState state)
    {
        _blocks.Add(state);
        Follow();
    }

    /// <summary>That fault is over.</summary>
    public void Unblock(LinkState state)
    {
        _blocks.Remove(state);
        Follow();
    }

    /// <summary>A packet is sent.</summary>
    public PacketVerdict Fate(in Packet packet, long connection)
    {
        if (State == LinkState.Partitioned || _world.Connections.IsBlackholed(connection))
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
    public TimeSpan Delay(in Packet packet, long connection) =>
        _faults.Latency(packet, connection)
        + (Queue?.Wait(_world.Scheduler.Now) ?? TimeSpan.Zero)
        + _faults.HoldUp(packet, connection);

    public void AddHolding(IHeldPackets packets) => _holding.Add(packets);

    private LinkQueue? Queue => _queue ?? _faults.Queue;

    /// <summary>What the scenario asks for, in place of what it asked for before.</summary>
    public void Set(LinkState state)
    {
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

        foreach (IHeldPackets packets in _holding)
        {
            if (next == LinkState.Open)
            {
                packets.Release();
            }
            else
            {
                packets.Lose();
            }
        }

        _holding.Clear();
        if (next == LinkState.Partitioned)
        {
            From.ProbePeersAt(To);
            To.ProbePeersAt(From);
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
