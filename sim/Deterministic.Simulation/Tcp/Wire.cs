using Deterministic.Simulation.Context;
using Deterministic.Simulation.Links;

namespace Deterministic.Simulation.Tcp;

/// <summary>
/// One direction of one connection: the packets under way, each arriving no earlier than the one before it. A network may reorder; what TCP would put in order
/// again is not worth simulating.
/// </summary>
internal sealed class Wire(WorldContext world, ITcpNetwork network, NetworkLink link, TcpFlow flow) : IHeldPackets
{
    private static readonly SendOrPostCallback ArriveCallback = static state => ((Wire)state!).Arrive();

    /// <summary>Those on their way, then those held.</summary>
    private readonly Queue<Packet> _packets = new(1);
    private TimeSpan _lastArrival;
    private int _held;

    /// <summary>Sends a packet; the wire owns its buffer from here on.</summary>
    /// <returns>Whether it is under way; false if the network has lost it.</returns>
    public bool Send(in Packet packet)
    {
        PacketVerdict fate = link.Fate(packet, flow.Id);
        network.Observer?.PacketSent(world, flow, packet, fate);
        switch (fate)
        {
            case PacketVerdict.Lost:
                packet.Recycle();
                return false;
            case PacketVerdict.Held:
                Hold(packet);
                return true;
            default:
                _packets.Enqueue(packet);
                Launch(packet);
                return true;
        }
    }

    /// <summary>What was held is sent.</summary>
    public void Release()
    {
        foreach (Packet packet in _packets.Skip(_packets.Count - _held))
        {
            Launch(packet);
        }

        _held = 0;
    }

    /// <summary>What was held is lost.</summary>
    public void Lose()
    {
        int kept = _packets.Count - _held;
        for (int i = _packets.Count; i > 0; i--)
        {
            Packet packet = _packets.Dequeue();
            if (kept-- > 0)
            {
                _packets.Enqueue(packet);
            }
            else
            {
                packet.Recycle();
            }
        }

        _held = 0;
        flow.Peer.Tcp.Find(flow.PeerKey)?.ScheduleProbe();
    }

    private void Hold(in Packet packet)
    {
        _packets.Enqueue(packet);
        if (_held++ == 0)
        {
            link.AddHolding(this);
        }
    }

    private void Launch(in Packet packet)
    {
        TimeSpan arrival = world.Scheduler.Now + link.Delay(packet, flow.Id);
        _lastArrival = arrival > _lastArrival ? arrival : _lastArrival;
        world.Scheduler.ScheduleAt(_lastArrival, flow.Peer.Name, ArriveCallback, this);
    }

    /// <summary>The oldest packet arrives, whichever arrival runs first of those that are due at one instant: a stream keeps its order.</summary>
    private void Arrive() => flow.Peer.Tcp.Arrive(_packets.Dequeue(), flow);
}
