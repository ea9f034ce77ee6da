using Deterministic.Core;

namespace Deterministic.Streams.Reading;

/// <summary>The reader's own memory, line by line.</summary>
internal readonly struct LinesForm : IReadForm<BorrowedLines>
{
    public static bool Lends => true;

    public static BorrowedLines Take(in ReadOutcome outcome, Memory<byte> destination) => new(outcome.Data);
}
