using System.Buffers;
using Deterministic.Core.Buffers;
using Deterministic.Core.Errors;
using Deterministic.Core.Reading;
using Deterministic.Core.Searching;

namespace Deterministic.Core;

/// <summary>
/// The receiving half of a connection: buffers what the driver received, answers reads from it, and decides when receiving must pause.
/// Not thread-safe: its owner serialises calls.
/// </summary>
/// <remarks>
/// <para>Inputs from the driver: <see cref="Reserve"/> with <see cref="Received"/>, or <see cref="Feed"/>; <see cref="ReceivedEof"/>; <see cref="Failed"/>.</para>
/// <para>
/// Commands from the user: <see cref="Begin"/>, <see cref="Cancel"/>, <see cref="Release"/>, <see cref="TakeBuffered"/>; and to look before taking,
/// <see cref="TryPeek"/>, <see cref="Consume"/>, <see cref="Interrupt"/>.
/// </para>
/// <para>Polled outputs: <see cref="TryComplete"/> after each input while a read is pending; <see cref="IsPaused"/>.</para>
/// <para>Getters: all else.</para>
/// <para>
/// Theory: a read that fails or is cancelled consumes nothing, and a search looks at no byte twice, so that a line costs the same in one piece or in many. How the stream ends is
/// <see cref="ReaderState"/>, whose transitions are the table <c>ReaderTransitions</c>.
/// </para>
/// <para>
/// Flow control is the documented inequality: receiving pauses when more than twice the limit is buffered (R-FEED-03), and resumes
/// when a read leaves no more than the limit (R-RES-01) or must wait (R-RES-02).
/// </para>
/// </remarks>
public sealed partial class ReaderMachine
{
    /// <summary>The documented limit, 64 KiB: clause R-CTOR-01.</summary>
    public const int DefaultLimit = 64 * 1024;

    private readonly ByteQueue _queue;
    private SeparatorSearch _search;
    private ReadRequest _pending;

    /// <summary>Bytes that a waiting read to the end has taken; they count as unread again if it is cancelled or fails.</summary>
    private long _gathered;

    /// <summary>Bytes that a waiting skip has dropped.</summary>
    private long _skipped;

    /// <summary>A machine with a limit.</summary>
    /// <param name="limit">The longest line or message in bytes, its separator not counted, and the measure of flow control.</param>
    /// <param name="pool">Where receive memory comes from; the shared pool if null.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is not positive: clause R-CTOR-02.</exception>
    public ReaderMachine(int limit = DefaultLimit, ArrayPool<byte>? pool = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        Limit = limit;
        _queue = new ByteQueue(pool ?? ArrayPool<byte>.Shared);
    }

    /// <summary>The limit in bytes.</summary>
    public int Limit { get; }

    /// <summary>Whether the stream has ended or failed.</summary>
    public ReaderState State { get; private set; }

    /// <summary>Bytes held and not yet read; what a waiting read to the end has gathered is not counted.</summary>
    public long Buffered => _queue.Length - _gathered;

    /// <summary>Whether the stream has ended and every byte was read: clause R-EOF-02.</summary>
    public bool AtEof => IsEnded && Buffered == 0;

    /// <summary>The exception stored last, or null: clause R-EXC-01.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Whether the driver should begin no receive for now.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>The read that waits, or <see cref="ReadKind.None"/>.</summary>
    public ReadKind PendingRead => _pending.Kind;

    private bool IsEnded => State is ReaderState.Ended or ReaderState.EndedAndFailed;

    /// <summary>Input: lends the driver memory to receive into. It is the driver's until it calls <see cref="Received"/>.</summary>
    /// <param name="atLeast">The least number of bytes that is of use to it; 0 leaves the size to the machine, which follows how full the last receives were.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="atLeast"/> is negative; nothing is lent.</exception>
    /// <exception cref="InvalidOperationException">Memory is lent already.</exception>
    public Memory<byte> Reserve(int atLeast = 0)
    {
        if (_queue.Reserved > 0)
        {
            ThrowHelper.FeedWhileLent();
        }

        ArgumentOutOfRangeException.ThrowIfNegative(atLeast);
        return _queue.Reserve(atLeast);
    }

    /// <summary>Input: ends a loan; its first <paramref name="count"/> bytes were received.</summary>
    /// <param name="count">Bytes received; 0 gives the memory back unused.</param>
    /// <exception cref="ArgumentOutOfRangeException">That is more than was lent, or negative; the loan stands.</exception>
    /// <exception cref="InvalidOperationException">No memory is lent, or the stream has already ended.</exception>
    public void Received(int count)
    {
        if (_queue.Reserved == 0)
        {
            ThrowHelper.NotReceiving();
        }

        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _queue.Reserved);
        if (count > 0 && IsEnded)
        {
            _queue.Commit(0);
            ThrowHelper.FeedAfterEof();
        }

        _queue.Commit(count);
        PauseIfOverfull(count);
    }

    /// <summary>Input: buffers a copy of <paramref name="data"/>. Empty data changes nothing: clauses R-FEED-01, R-FEED-02.</summary>
    /// <param name="data">The bytes; the caller keeps the memory.</param>
    /// <exception cref="InvalidOperationException">The stream has already ended (R-FEED-07), or receive memory is lent out.</exception>
    public void Feed(ReadOnlySpan<byte> data)
    {
        if (IsEnded)
        {
            ThrowHelper.FeedAfterEof();
        }

        if (_queue.Reserved > 0)
        {
            ThrowHelper.FeedWhileLent();
        }

        _queue.Append(data);
        PauseIfOverfull(data.Length);
    }

    /// <summary>Input: no more bytes will arrive. Idempotent: clause R-EOF-01.</summary>
    public void ReceivedEof() => State = ReaderTransitions.After(State, ReaderInput.EndOfFile);

    /// <summary>Input: stores an exception that every read from now on raises; a later one replaces it. Buffered bytes stay. Clauses R-EXC-01, R-EXC-02.</summary>
    /// <param name="error">The very object that reads will raise.</param>
    public void Failed(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Error = error;
        State = ReaderTransitions.After(State, ReaderInput.Failure);
    }

    /// <summary>
    /// Command: begins a read. If it must wait, poll <see cref="TryComplete"/> after each input, or <see cref="Cancel"/> it.
    /// Ends the loan of the last read's data.
    /// </summary>
    /// <param name="request">What to read.</param>
    /// <exception cref="InvalidOperationException">Another read waits; it is not disturbed.</exception>
    public ReadOutcome Begin(in ReadRequest request)
    {
        ThrowIfReading();

        Release();
        _skipped = 0;
        _shown = 0;
        ReadOutcome outcome = Answer(request);
        if (outcome.Status == ReadStatus.Pending)
        {
            _pending = request;
            Resume();
        }

        return outcome;
    }

    /// <summary>Polled output: whether the waiting read has ended, and how. It must be polled after every input while a read waits.</summary>
    /// <param name="outcome">What became of it.</param>
    public bool TryComplete(out ReadOutcome outcome)
    {
        outcome = _pending.Kind == ReadKind.None ? ReadOutcome.Pending : Answer(_pending);
        if (outcome.Status != ReadStatus.Pending)
        {
            EndPending();
            return true;
        }

        if (_pending.Kind != ReadKind.None)
        {
            Resume();
        }

        return false;
    }

    /// <summary>Command: ends the waiting read without an answer. Nothing it has seen or gathered is lost: clause R-CANC-01.</summary>
    /// <returns>False if none waited.</returns>
    public bool Cancel()
    {
        bool waited = _pending.Kind != ReadKind.None;
        EndPending();
        return waited;
    }

    /// <summary>Command: ends the loan of the last read's data, so that its memory can be used again.</summary>
    public void Release() => _queue.Release();

    /// <summary>Getter: the bytes held and not yet read, without taking them; also after a failure. Valid until the next call.</summary>
    public ReadOnlySequence<byte> PeekBuffered() => _queue.Peek(_queue.Length).Slice(_gathered);

    /// <summary>Command: takes all that is buffered, whatever the state: the way to the bytes that came before a failure.</summary>
    /// <returns>The bytes, lent as by a read.</returns>
    /// <exception cref="InvalidOperationException">A read waits; it is not disturbed.</exception>
    public ReadOnlySequence<byte> TakeBuffered()
    {
        ThrowIfReading();

        Release();
        _shown = 0;
        return Take(_queue.Length);
    }

    private ReadOnlySequence<byte> Take(long count)
    {
        ReadOnlySequence<byte> data = TakeQuietly(count);
        ResumeIfLow();
        return data;
    }

    /// <summary>An incomplete read empties the buffer but does not resume: clause R-RES-03. (Nothing more can come anyway.)</summary>
    private ReadOnlySequence<byte> TakeRest() => TakeQuietly(Buffered);

    private ReadOnlySequence<byte> TakeQuietly(long count)
    {
        _search.Consumed(count);
        return _queue.Take(count);
    }

    private void EndPending()
    {
        _pending = default;
        _gathered = 0;
    }

    private void PauseIfOverfull(int received) => IsPaused |= received > 0 && Buffered > 2L * Limit;

    private void ResumeIfLow()
    {
        if (Buffered <= Limit)
        {
            Resume();
        }
    }

    private void Resume() => IsPaused = false;
}
