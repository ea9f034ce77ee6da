using Deterministic.Faults;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Context;

namespace Deterministic.Simulation.Links;

/// <summary>What faults do to the packets of a link.</summary>
internal sealed class LinkFaults(WorldContext world, NetworkLink link)
{
    /// <summary>Whether a packet that is sent is lost.</summary>
    public bool Loses(in Packet packet, long connection) =>
        world.Injector.StrikeAndNote(FaultKind.Loss, Site(packet, connection)) is not null;

    /// <summary>The queue of a line that a fault has made slow, or null.</summary>
    public LinkQueue? Queue => DelayFaults.Queue(world.Injector, link.From.Name, link.To.Name);

    /// <summary>How long a packet travels.</summary>
    public TimeSpan Latency(in Packet packet, long connection) =>
        DelayFaults.Latency(world.Injector, Site(packet, connection), link.Latency);

    /// <summary>How much longer it is held up.</summary>
    public TimeSpan HoldUp(in Packet packet, long connection)
    {
        InjectionPoint site = Site(packet, connection);
        TimeSpan time =
            packet.Flags == PacketFlags.Syn
                ? world.Injector.StrikeForTime(FaultKind.ConnectDelay, site)
                : TimeSpan.Zero;
        bool ends = packet.Has(PacketFlags.Fin);
        return packet.Length > 0 || ends ? time + DelayFaults.HoldUp(world.Injector, site, ends) : time;
    }

    private InjectionPoint Site(in Packet packet, long connection) =>
        new(link.From.Name, link.To.Name, connection, packet.Sequence, packet.Length);
}
