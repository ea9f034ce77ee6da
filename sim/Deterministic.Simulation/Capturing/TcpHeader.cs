using System.Runtime.InteropServices;
using Deterministic.Simulation.Links;

namespace Deterministic.Simulation.Capturing;

/// <summary>What a TCP header says.</summary>
/// <param name="Flags">The control bits.</param>
/// <param name="Sequence">With its initial number, and wrapped.</param>
/// <param name="Acknowledgement">With its initial number, and wrapped.</param>
/// <param name="Window">As scaled.</param>
/// <param name="MaxSegment">The option of that name, in SYNs.</param>
/// <param name="WindowScale">The option of that name, in SYNs.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TcpHeader(
    PacketFlags Flags,
    uint Sequence,
    uint Acknowledgement,
    ushort Window,
    ushort MaxSegment,
    byte WindowScale
)
{
    public bool HasOptions => (Flags & PacketFlags.Syn) != PacketFlags.None;
}
