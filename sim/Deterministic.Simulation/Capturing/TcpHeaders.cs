using Deterministic.Simulation.Links;
using Deterministic.Simulation.Tcp;

namespace Deterministic.Simulation.Capturing;

/// <summary>Gives packets, whose numbers count from 0 and never end, the numbers of a header.</summary>
internal static class TcpHeaders
{
    public static TcpHeader Of(TcpFlow flow, in Packet packet, WindowScales scales, int maxSegment) =>
        new(
            packet.Flags,
            // Who refuses a connection never had an initial number, and answers with 0 (RFC 9293, section 3.10.7.1).
            packet.Sequence == 0
            && packet.Has(PacketFlags.Rst)
                ? 0
                : Wrap(flow.Key, packet.Sequence),
            packet.Has(PacketFlags.Ack) && packet.Acknowledgement > 0 ? Wrap(flow.PeerKey, packet.Acknowledgement) : 0,
            scales.Scale(flow, packet),
            (ushort)Math.Min(maxSegment, ushort.MaxValue),
            packet.Has(PacketFlags.Syn) ? (byte)scales.Offer(flow, packet.Window) : (byte)0
        );

    /// <summary>
    /// The initial number of a direction: splitmix64's finish over its key, so that no two connections look alike and a capture is the same in every run of a tape.
    /// </summary>
    public static uint InitialNumber(long key)
    {
        ulong z = (ulong)key * 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return (uint)((z ^ (z >> 31)) >> 32);
    }

    private static uint Wrap(long key, long number) => unchecked(InitialNumber(key) + (uint)number);
}
