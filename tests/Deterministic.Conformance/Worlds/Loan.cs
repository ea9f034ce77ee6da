using System.Buffers;

namespace Deterministic.Conformance;

/// <summary>What a read lent, and what it was then: it must not change before the next read is begun.</summary>
internal sealed class Loan
{
    private ReadOnlySequence<byte> _lent;
    private byte[] _copy = [];

    public byte[] Copy(in ReadOnlySequence<byte> lent)
    {
        _lent = lent;
        return _copy = lent.ToArray();
    }

    /// <summary>The next read is about to begin.</summary>
    public void End()
    {
        if (!_lent.ToArray().AsSpan().SequenceEqual(_copy))
        {
            throw new InvalidDataException("Bytes that a read lent have changed before the next read.");
        }

        _lent = default;
        _copy = [];
    }
}
