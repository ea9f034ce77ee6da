using System.Net;
using Deterministic.Simulation.Links;

namespace Deterministic.Simulation.Tests;

/// <summary>The packets of one connection, and what they say.</summary>
internal sealed class Conversation(IReadOnlyList<CapturedPacket> packets)
{
    public IReadOnlyList<CapturedPacket> Packets => packets;

    public CapturedPacket Question => packets[0];

    public CapturedPacket Answer => packets.First(packet => packet.Flags == (PacketFlags.Syn | PacketFlags.Ack));

    /// <summary>Those of a run with a single connection.</summary>
    public static Conversation Of(PcapngFile file)
    {
        Conversation conversation = new(file.Packets);
        conversation.Question.Flags.ShouldBe(PacketFlags.Syn);
        foreach (CapturedPacket packet in file.Packets)
        {
            new[] { packet.Source, packet.Destination }.ShouldBe(
                [conversation.Question.Source, conversation.Question.Destination],
                ignoreOrder: true
            );
        }

        return conversation;
    }

    /// <summary>Every byte that one end sent, each at its number; a number must have the same byte each time, and none may be missing.</summary>
    public byte[] Sent(IPEndPoint from)
    {
        uint first = packets.First(packet => packet.Source.Equals(from)).Sequence + 1;
        List<byte?> bytes = [];
        foreach (CapturedPacket packet in packets.Where(packet => packet.Source.Equals(from) && packet.Data.Length > 0))
        {
            int at = (int)(packet.Sequence - first);
            bytes.AddRange(Enumerable.Repeat<byte?>(null, Math.Max(0, at + packet.Data.Length - bytes.Count)));
            for (int i = 0; i < packet.Data.Length; i++)
            {
                if ((bytes[at + i] ??= packet.Data[i]) != packet.Data[i])
                {
                    throw new InvalidDataException($"Byte {at + i} was sent again as another one.");
                }
            }
        }

        bytes.ShouldNotContain((byte?)null);
        return [.. bytes.Select(b => b!.Value)];
    }

    /// <summary>Nobody acknowledges what was not sent yet, nor sends beyond the window that it was told at any time.</summary>
    public void ShouldKeepToTcp()
    {
        Dictionary<IPEndPoint, uint> ends = [];
        Dictionary<IPEndPoint, int> scales = [];
        Dictionary<IPEndPoint, uint> limits = [];
        foreach (CapturedPacket packet in packets)
        {
            packet.Has(PacketFlags.Ack).ShouldBe(packet != Question);
            if (packet.Has(PacketFlags.Syn))
            {
                ends[packet.Source] = packet.End;
                scales[packet.Source] = packet.WindowScale.ShouldNotBeNull();
            }

            if (packet.Has(PacketFlags.Ack))
            {
                Distance(packet.Acknowledgement, ends[packet.Destination]).ShouldBeGreaterThanOrEqualTo(0);
                int window = packet.Window << (packet.Has(PacketFlags.Syn) ? 0 : scales[packet.Source]);
                uint limit = packet.Acknowledgement + (uint)window;
                uint known = limits.GetValueOrDefault(packet.Destination, limit);
                limits[packet.Destination] = Distance(known, limit) > 0 ? limit : known;
            }

            ends[packet.Source] = Distance(ends[packet.Source], packet.End) > 0 ? packet.End : ends[packet.Source];
            if (packet.Data.Length > 0)
            {
                Distance(packet.Sequence + (uint)packet.Data.Length, limits[packet.Source])
                    .ShouldBeGreaterThanOrEqualTo(0);
            }
        }
    }

    private static int Distance(uint from, uint to) => unchecked((int)(to - from));
}
