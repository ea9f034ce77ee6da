using System.Buffers;
using System.Runtime.InteropServices;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Tracing;

namespace Deterministic.Simulation.Links;

/// <summary>One TCP segment under way. Numbers count from 0 at the SYN and never wrap; a capture adds an initial number and wraps.</summary>
/// <param name="Flags">What it says.</param>
/// <param name="Sequence">The number of its first byte, or of its SYN or FIN.</param>
/// <param name="Acknowledgement">The next number that its sender expects, if <see cref="PacketFlags.Ack"/> is set.</param>
/// <param name="Window">How many bytes its sender has room for.</param>
/// <param name="Buffer">Pooled; the receiver returns it with <see cref="Recycle"/>.</param>
/// <param name="Length">Bytes of data.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Packet(
    PacketFlags Flags,
    long Sequence,
    long Acknowledgement,
    int Window,
    byte[] Buffer,
    int Length
)
{
    /// <summary>What IPv4 and TCP put around the data, as bandwidth is counted: 20 bytes each.</summary>
    public const int HeaderBytes = TcpDefaults.HeaderBytes;

    /// <summary>What its data is.</summary>
    public ContentKind Content { get; init; }

    public ReadOnlySpan<byte> Data => Buffer.AsSpan(0, Length);

    /// <summary>The number after this packet: SYN and FIN take one each.</summary>
    public long End => Sequence + Length + (Has(PacketFlags.Syn) ? 1 : 0) + (Has(PacketFlags.Fin) ? 1 : 0);

    public bool Has(PacketFlags flag) => (Flags & flag) != PacketFlags.None;

    public void Recycle()
    {
        if (Buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(Buffer);
        }
    }
}
