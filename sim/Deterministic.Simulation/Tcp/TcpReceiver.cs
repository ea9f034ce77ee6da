using Deterministic.Simulation.Links;
using Deterministic.Simulation.Transports;

namespace Deterministic.Simulation.Tcp;

/// <summary>The receiving half of one end: what has arrived in order and was not read.</summary>
/// <param name="capacity">Bytes that may be unread: SO_RCVBUF, and the most that is announced as window.</param>
/// <param name="segment">The most data of one segment: smaller news about the window are kept back.</param>
internal sealed class TcpReceiver(int capacity, int segment)
{
    private readonly ByteRing _buffer = new();

    /// <summary>Up to where the peer was last told that it may send.</summary>
    private long _announced;

    /// <summary>RCV.NXT; 0 until the peer's SYN.</summary>
    public long Next { get; private set; }

    /// <summary>Whether the peer's FIN has arrived, and all before it.</summary>
    public bool HasEnded { get; private set; }

    public int Unread => _buffer.Count;

    /// <summary>Bytes that may be unread.</summary>
    public int Capacity => capacity;

    /// <summary>Whether no room is announced, however much there is.</summary>
    public bool IsShut { get; set; }

    /// <summary>How many bytes have arrived in order.</summary>
    public long Arrived { get; private set; }

    /// <summary>RCV.WND, to be written into a segment: it counts as announced.</summary>
    public int Announce()
    {
        int window = IsShut ? 0 : capacity - _buffer.Count;
        _announced = Next + window;
        return window;
    }

    public void Synchronize() => Next = 1;

    /// <summary>Takes the new part of a segment's data and its FIN, as far as there is room.</summary>
    /// <param name="packet">Begins no later than at <see cref="Next"/>.</param>
    /// <returns>What was new and taken.</returns>
    public ReadOnlySpan<byte> Accept(in Packet packet)
    {
        long known = Next - packet.Sequence;
        ReadOnlySpan<byte> fresh = packet.Data[(int)Math.Min(known, packet.Length)..];
        fresh = fresh[..Math.Min(fresh.Length, capacity - _buffer.Count)];
        _buffer.Append(fresh);
        Next += fresh.Length;
        Arrived += fresh.Length;
        if (packet.Has(PacketFlags.Fin) && Next == packet.End - 1)
        {
            Next++;
            HasEnded = true;
        }

        return fresh;
    }

    /// <summary>The program reads.</summary>
    public void Read(Span<byte> destination)
    {
        _buffer.CopyTo(0, destination);
        _buffer.Drop(destination.Length);
    }

    /// <summary>Whether reading has made so much room that the peer must hear of it (RFC 9293, 3.8.6.2.2).</summary>
    public bool NeedsUpdate => !HasEnded && !IsShut && _announced - Next < Enough && capacity - _buffer.Count >= Enough;

    public void Clear() => _buffer.Clear();

    /// <summary>At least a byte: half of a window of one byte is no news at all.</summary>
    private int Enough => Math.Max(1, Math.Min(segment, capacity / 2));
}
