using Deterministic.Core.Errors;

namespace Deterministic.Core;

/// <content>Peeks: everything buffered is shown; the user then consumes as much of it as was processed.</content>
public sealed partial class ReaderMachine
{
    /// <summary>How many unread bytes the last peek showed: no more than these can be consumed.</summary>
    private long _shown;

    /// <summary>Whether the next look, or the one that waits, is to end at once.</summary>
    private bool _interrupted;

    /// <summary>Command: a look that does not wait. Ends the loan of the last read's data, as <see cref="Begin"/> does.</summary>
    /// <param name="seen">How many of the buffered bytes are nothing new to the caller.</param>
    /// <param name="outcome">What became of it.</param>
    /// <returns>False if it would have to wait; nothing waits then, and nothing has changed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="seen"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">A read waits; it is not disturbed.</exception>
    public bool TryPeek(long seen, out ReadOutcome outcome)
    {
        ReadRequest request = ReadRequest.Peek(seen);
        ThrowIfReading();
        outcome = Answer(request);
        if (outcome.Status == ReadStatus.Pending)
        {
            return false;
        }

        Release();
        _shown = outcome.Data.Length;
        return true;
    }

    /// <summary>Command: takes bytes that the last look showed, and ends the loan of them all. Those not taken are shown again by the next look.</summary>
    /// <param name="count">How many, counted from the front.</param>
    /// <exception cref="ArgumentOutOfRangeException">That is negative, or more than was shown; after a consume or another read nothing is.</exception>
    /// <exception cref="InvalidOperationException">A read waits; it is not disturbed.</exception>
    public void Consume(long count)
    {
        ThrowIfReading();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _shown);
        _shown = 0;
        _search.Consumed(count);
        _queue.Skip(count);
        _queue.Release();
        ResumeIfLow();
    }

    /// <summary>Command: ends the look that waits, or the next one, with what there is. Poll <see cref="TryComplete"/> after it. Reads of other kinds are not disturbed.</summary>
    public void Interrupt() => _interrupted = true;

    private ReadOutcome AnswerPeek(long seen)
    {
        if (Buffered <= seen && !IsEnded && !_interrupted)
        {
            return ReadOutcome.Pending;
        }

        ReadStatus status = _interrupted ? ReadStatus.Interrupted : ReadStatus.Completed;
        _interrupted = false;
        _shown = Buffered;
        return ReadOutcome.Shown(status, _queue.Peek(_shown), IsEnded);
    }

    private void ThrowIfReading()
    {
        if (_pending.Kind != ReadKind.None)
        {
            ThrowHelper.ReadInProgress(_pending.Kind);
        }
    }
}
