using System.Buffers;
using Deterministic.Core;

namespace Deterministic.Streams.Reading;

/// <summary>Turns the outcomes that are not data into the documented exceptions.</summary>
internal static class ReadErrors
{
    /// <summary>The exception of an outcome, or null if it is data. Copies the partial bytes, so that the exception owns them.</summary>
    public static Exception? From(in ReadOutcome outcome) =>
        outcome.Status switch
        {
            ReadStatus.Completed or ReadStatus.Interrupted => null,
            ReadStatus.Failed => outcome.Error,
            ReadStatus.Incomplete => new IncompleteReadException(
                outcome.Data.ToArray(),
                outcome.Count < 0 ? null : outcome.Count
            ),
            ReadStatus.OverrunFound => new LimitOverrunException(
                "Separator is found, but chunk is longer than limit",
                outcome.Count
            ),
            ReadStatus.OverrunNotFound => new LimitOverrunException(
                "Separator is not found, and chunk exceed the limit",
                outcome.Count
            ),
            _ => throw new InvalidOperationException($"A read that is {outcome.Status} has no result yet."),
        };

    public static InvalidOperationException Busy() =>
        new(
            "A read already waits for data on this stream. Await it or cancel it before reading again: one read at a time."
        );
}
