namespace Deterministic.Simulation;

/// <summary>What faults do to the packets of a link.</summary>
internal sealed class LinkFaults(SimulatedWorld world, SimulatedLink link)
{
    /// <summary>Whether a packet that sets out is lost.</summary>
    public bool Loses(in Packet packet, long connection) =>
        world.Injector.StrikeAndNote(FaultKind.Loss, Site(packet, connection)) is not null;

    /// <summary>The queue of a line that a fault has made slow, or null.</summary>
    public LinkQueue? Queue =>
        (
            world.Injector.Stands(FaultKind.Bandwidth, link.From, link.To)
            ?? world.Injector.Stands(FaultKind.Bufferbloat, link.From, link.To)
        )
            ?.Standing
            .Queue;

    /// <summary>How long a packet travels.</summary>
    public TimeSpan Latency(in Packet packet, long connection)
    {
        FaultSite site = Site(packet, connection);
        LatencyDistribution ordinary = link.Latency;
        TimeSpan latency = (world.Injector.Strike(FaultKind.Latency, site)?.Distribution ?? ordinary).Draw(
            world.Choices
        );
        if (world.Injector.Strike(FaultKind.Jitter, site) is { } jitter)
        {
            latency += jitter.Time.Draw(world.Choices, ChoiceKind.Latency);
        }

        return latency
            + (world.Injector.Stands(FaultKind.PairLatency, link.From, link.To)?.Standing.Time ?? TimeSpan.Zero);
    }

    /// <summary>How much longer it is held up.</summary>
    public TimeSpan HoldUp(in Packet packet, long connection)
    {
        FaultSite site = Site(packet, connection);
        TimeSpan time = TimeSpan.Zero;
        if (packet.Flags == PacketFlags.Syn)
        {
            time += world.Injector.StrikeForTime(FaultKind.ConnectDelay, site);
        }

        if (packet.Length > 0 || packet.Has(PacketFlags.Fin))
        {
            time += world.Injector.StrikeForTime(FaultKind.Stall, site);
        }

        if (packet.Has(PacketFlags.Fin))
        {
            time += world.Injector.StrikeForTime(FaultKind.SlowClose, site);
        }

        return time;
    }

    private FaultSite Site(in Packet packet, long connection) =>
        new(link.From, link.To, connection, packet.Sequence, packet.Length);
}
