using System.Buffers;

namespace Deterministic.Conformance;

/// <summary>Bytes as a sequence that is cut after the first one.</summary>
internal sealed class Pieces : ReadOnlySequenceSegment<byte>
{
    private Pieces(ReadOnlyMemory<byte> memory, Pieces? next, int index)
    {
        Memory = memory;
        Next = next;
        RunningIndex = index;
    }

    public static ReadOnlySequence<byte> Of(byte[] data)
    {
        if (data.Length < 2)
        {
            return new ReadOnlySequence<byte>(data);
        }

        Pieces rest = new(data.AsMemory(1), next: null, index: 1);
        return new ReadOnlySequence<byte>(new Pieces(data.AsMemory(0, 1), rest, index: 0), 0, rest, rest.Memory.Length);
    }
}
