using Deterministic.Simulation.Links;
using Deterministic.Simulation.Tcp;

namespace Deterministic.Simulation.Capturing;

/// <summary>
/// The window scale (RFC 7323) of each direction: how far its windows are shifted to fit 16 bits. Both ends always offer to scale, as Linux does.
/// </summary>
internal sealed class WindowScales
{
    public const int Largest = 14;

    /// <summary>Those that are not 0, by <see cref="TcpFlow.Key"/>.</summary>
    private readonly Dictionary<long, int> _scales = [];

    /// <summary>What a SYN offers: enough for its window, which is the largest of its direction, for nothing has arrived yet.</summary>
    public int Offer(TcpFlow flow, int window)
    {
        int scale = 0;
        while (window >> scale > ushort.MaxValue && scale < Largest)
        {
            scale++;
        }

        if (scale > 0)
        {
            _scales[flow.Key] = scale;
        }

        return scale;
    }

    /// <summary>A window as a header has it. One of a SYN is never scaled; one whose SYN went by uncaptured cannot be.</summary>
    public ushort Scale(TcpFlow flow, in Packet packet)
    {
        int scale = packet.Has(PacketFlags.Syn) ? 0 : _scales.GetValueOrDefault(flow.Key);
        return (ushort)Math.Min(packet.Window >> scale, ushort.MaxValue);
    }
}
