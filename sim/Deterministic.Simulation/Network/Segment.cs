using System.Buffers;

namespace Deterministic.Simulation;

/// <summary>Something under way from one end of a connection to the other.</summary>
internal readonly record struct Segment(SegmentKind Kind, byte[] Payload, int Length)
{
    public static Segment Of(ReadOnlySpan<byte> data)
    {
        byte[] payload = ArrayPool<byte>.Shared.Rent(data.Length);
        data.CopyTo(payload);
        return new Segment(SegmentKind.Data, payload, data.Length);
    }

    public static Segment Of(SegmentKind kind) => new(kind, [], 0);

    public ReadOnlySpan<byte> Data => Payload.AsSpan(0, Length);

    public void Recycle()
    {
        if (Payload.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(Payload);
        }
    }
}
