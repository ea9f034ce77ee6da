namespace Deterministic.Simulation;

/// <summary>
/// One direction of one connection: the packets under way, each arriving no earlier than the one before it. A network may reorder; what TCP would put in order
/// again is not worth simulating.
/// </summary>
internal sealed class Wire(SimulatedWorld world, NetworkPath path, TcpFlow flow)
{
    private static readonly SendOrPostCallback ArriveCallback = static state => ((Wire)state!).Arrive();

    private readonly Queue<Packet> _underWay = new(1);
    private TimeSpan _lastArrival;

    /// <summary>Sends a packet; the wire owns its buffer from here on.</summary>
    /// <returns>Whether it is under way; false if the network has lost it.</returns>
    public bool Send(in Packet packet)
    {
        if (!path.TryPass(packet, flow, out TimeSpan delay))
        {
            packet.Recycle();
            return false;
        }

        TimeSpan arrival = world.Scheduler.Now + delay;
        _lastArrival = arrival > _lastArrival ? arrival : _lastArrival;
        _underWay.Enqueue(packet);
        world.Scheduler.ScheduleAt(_lastArrival, path.To.Name, ArriveCallback, this);
        return true;
    }

    /// <summary>The oldest packet arrives, whichever arrival runs first of those that are due at one instant: a stream keeps its order.</summary>
    private void Arrive() => path.To.Tcp.Arrive(_underWay.Dequeue(), flow);
}
