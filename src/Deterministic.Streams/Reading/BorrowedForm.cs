using System.Buffers;
using Deterministic.Core;

namespace Deterministic.Streams.Reading;

/// <summary>The reader's own memory.</summary>
internal readonly struct BorrowedForm : IReadForm<ReadOnlySequence<byte>>
{
    public static bool Lends => true;

    public static ReadOnlySequence<byte> Take(in ReadOutcome outcome, Memory<byte> destination) => outcome.Data;
}
