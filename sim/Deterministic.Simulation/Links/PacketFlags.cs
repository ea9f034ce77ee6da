namespace Deterministic.Simulation.Links;

/// <summary>The control bits that matter here, with their values on the wire (RFC 9293, section 3.1).</summary>
[Flags]
internal enum PacketFlags : byte
{
    None = 0,
    Fin = 1 << 0,
    Syn = 1 << 1,
    Rst = 1 << 2,
    Psh = 1 << 3,
    Ack = 1 << 4,
}
