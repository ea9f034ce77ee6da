using System.Buffers;
using Deterministic.Core.Buffers;
using Deterministic.Core.Errors;
using Deterministic.Core.Reading;
using Deterministic.Core.Searching;

namespace Deterministic.Core;

/// <content>How each kind of read is answered from what is buffered.</content>
public sealed partial class ReaderMachine
{
    private ReadOutcome Answer(in ReadRequest request)
    {
        if (Error is not null)
        {
            return ReadOutcome.Failed(Error);
        }

        return request.Kind switch
        {
            ReadKind.Some => AnswerSome(request.Count),
            ReadKind.ToEnd => AnswerToEnd(),
            ReadKind.Exactly => AnswerExactly(request.Count),
            ReadKind.Line or ReadKind.Lines or ReadKind.Until => AnswerUntil(request),
            ReadKind.Skip => AnswerSkip(request.Separators!),
            ReadKind.Peek => AnswerPeek(request.Count),
            _ => throw new ArgumentException(
                "The request asks for nothing: make it with one of the factories of ReadRequest.",
                nameof(request)
            ),
        };
    }

    private ReadOutcome AnswerSome(long count)
    {
        if (count == 0)
        {
            return ReadOutcome.Completed(ReadOnlySequence<byte>.Empty);
        }

        return Buffered > 0 || IsEnded ? ReadOutcome.Completed(Take(Math.Min(count, Buffered))) : ReadOutcome.Pending;
    }

    private ReadOutcome AnswerToEnd()
    {
        // The gathered bytes no longer count as buffered, so that flow control lets the rest come: R-READ-02.
        _gathered = _queue.Length;
        if (!IsEnded)
        {
            return ReadOutcome.Pending;
        }

        _gathered = 0;
        return ReadOutcome.Completed(Take(_queue.Length));
    }

    private ReadOutcome AnswerExactly(long count)
    {
        if (count == 0)
        {
            return ReadOutcome.Completed(ReadOnlySequence<byte>.Empty);
        }

        if (Buffered >= count)
        {
            return ReadOutcome.Completed(Take(count));
        }

        return IsEnded ? ReadOutcome.Incomplete(TakeRest(), count) : ReadOutcome.Pending;
    }

    /// <summary>Found, then overrun, then end of file, then wait: the order of clause R-UNTIL-07.</summary>
    private ReadOutcome AnswerUntil(in ReadRequest request)
    {
        SeparatorSet separators = request.Separators!;
        if (_search.TryFind(_queue, separators, out long start, out int length))
        {
            return start > Limit
                ? ReadOutcome.Overrun(ReadStatus.OverrunFound, start)
                : ReadOutcome.Completed(Take(request.Kind == ReadKind.Lines ? EndOfLines() : start + length));
        }

        long free = Buffered + 1 - separators.Longest;
        if (free > Limit)
        {
            return ReadOutcome.Overrun(ReadStatus.OverrunNotFound, free);
        }

        if (!IsEnded)
        {
            return ReadOutcome.Pending;
        }

        return request.Kind is ReadKind.Line or ReadKind.Lines
            ? ReadOutcome.Completed(TakeRest())
            : ReadOutcome.Incomplete(TakeRest(), -1);
    }

    /// <summary>
    /// Where the last whole line ends among as many bytes as one line may have: none of those before it can be too long then.
    /// The first line must have been found there.
    /// </summary>
    private long EndOfLines() => _queue.LastIndexOf((byte)'\n', Math.Min(Buffered, Limit + 1L)) + 1;

    private ReadOutcome AnswerSkip(SeparatorSet separators)
    {
        bool found = _search.TryFind(_queue, separators, out long start, out int length);
        long drop =
            found ? start + length
            : IsEnded ? Buffered
            : _search.Settled;
        _queue.Skip(drop);
        _search.Consumed(drop);
        _queue.Release();
        _skipped += drop;
        ResumeIfLow();
        return found || IsEnded ? ReadOutcome.Skipped(_skipped) : ReadOutcome.Pending;
    }
}
