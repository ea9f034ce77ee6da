using System.IO.Pipelines;
using Deterministic.Core;

namespace Deterministic.Streams.Reading;

/// <summary>The reader's own memory, of which nothing is taken yet.</summary>
internal readonly struct PeekedForm : IReadForm<ReadResult>
{
    public static bool Lends => true;

    public static ReadResult Take(in ReadOutcome outcome, Memory<byte> destination) =>
        new(outcome.Data, isCanceled: outcome.Status == ReadStatus.Interrupted, isCompleted: outcome.IsLast);
}
