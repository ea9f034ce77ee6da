using System.Buffers;

namespace Deterministic.Soak.Content;

/// <summary>One direction of a connection, as both of its ends see it.</summary>
/// <param name="start">Where in the noise its bytes begin.</param>
/// <param name="planned">How many bytes are to be sent.</param>
internal sealed class Direction(long start, long planned)
{
    public long Planned { get; } = planned;

    /// <summary>What the sender handed over.</summary>
    public Tally Sent { get; } = new();

    /// <summary>What the receiver got.</summary>
    public Tally Received { get; } = new();

    /// <summary>Whether the receiver came to the end of the stream.</summary>
    public bool EndSeen { get; set; }

    public bool IsWhole =>
        EndSeen && Sent.Count == Planned && Received.Count == Planned && Received.Checksum == Sent.Checksum;

    /// <summary>The next bytes to send, at most so many.</summary>
    public ReadOnlySpan<byte> Next(int most) =>
        Noise.At(start + Sent.Count, (int)Math.Min(Math.Min(most, Noise.MostAtOnce), Planned - Sent.Count));

    /// <returns>Whether these are the bytes that were sent at this place.</returns>
    public bool TryReceive(in ReadOnlySequence<byte> bytes)
    {
        foreach (ReadOnlyMemory<byte> piece in bytes)
        {
            if (!Noise.Matches(piece.Span, start + Received.Count))
            {
                return false;
            }

            Received.Add(piece.Span);
        }

        return true;
    }

    public override string ToString() =>
        $"{Received.Count} received of {Sent.Count} sent of {Planned} planned{(EndSeen ? ", ended" : "")}";
}
