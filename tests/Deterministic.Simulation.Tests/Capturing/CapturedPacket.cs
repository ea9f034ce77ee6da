using System.Net;
using Deterministic.Simulation.Links;

namespace Deterministic.Simulation.Tests;

/// <summary>A packet as a capture file has it.</summary>
internal sealed record CapturedPacket
{
    public required DateTime Time { get; init; }

    public required string Interface { get; init; }

    public required string Comment { get; init; }

    public required IPEndPoint Source { get; init; }

    public required IPEndPoint Destination { get; init; }

    public required PacketFlags Flags { get; init; }

    public required uint Sequence { get; init; }

    public required uint Acknowledgement { get; init; }

    public required ushort Window { get; init; }

    public required ushort? MaxSegment { get; init; }

    public required byte? WindowScale { get; init; }

    public required byte[] Data { get; init; }

    public bool Has(PacketFlags flag) => (Flags & flag) != PacketFlags.None;

    /// <summary>The number after it.</summary>
    public uint End => Sequence + (uint)Data.Length + (Has(PacketFlags.Syn) ? 1u : 0) + (Has(PacketFlags.Fin) ? 1u : 0);
}
