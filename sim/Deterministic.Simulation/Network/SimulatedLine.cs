namespace Deterministic.Simulation;

/// <summary>
/// One direction of a connection: segments under way, in order, each arriving no earlier than the one before it. The window bounds
/// how many bytes may be under way or unread.
/// </summary>
internal sealed class SimulatedLine(SimulatedWorld world, SimulatedTransport to)
{
    private readonly Queue<Segment> _underWay = new();
    private TimeSpan _lastArrival;
    private int _bytesUnderWay;

    /// <summary>How many bytes may be sent now.</summary>
    public int Window => Math.Max(0, world.Faults.WindowBytes - _bytesUnderWay - to.Unread);

    /// <summary>Nothing sent on this line arrives before then: the handshake comes first.</summary>
    public void NotBefore(TimeSpan arrival) => _lastArrival = arrival;

    /// <summary>Sends bytes, cut where the tape says.</summary>
    public void Send(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            bool cut = data.Length > 1 && world.Choices.Chance(ChoiceKind.Split, world.Faults.SplitPerMille);
            int length = cut ? world.Choices.Between(ChoiceKind.Split, 1, data.Length - 1) : data.Length;
            _bytesUnderWay += length;
            Launch(Segment.Of(data[..length]));
            data = data[length..];
        }
    }

    /// <summary>Sends an end or a reset, behind what is under way.</summary>
    public void Send(SegmentKind kind) => Launch(Segment.Of(kind));

    private void Launch(in Segment segment)
    {
        TimeSpan arrival = world.Scheduler.Now + world.Network.DrawLatency() + world.Network.DrawStall(to);
        _lastArrival = arrival > _lastArrival ? arrival : _lastArrival;
        _underWay.Enqueue(segment);
        world.Scheduler.ScheduleAt(_lastArrival, to.HostName, static state => ((SimulatedLine)state!).Arrive(), this);
    }

    /// <summary>The oldest segment arrives, whichever delivery runs first of those that are due at one instant: a stream keeps its order.</summary>
    private void Arrive()
    {
        Segment segment = _underWay.Dequeue();
        _bytesUnderWay -= segment.Length;
        to.Arrive(segment);
    }
}
