using System.Buffers;
using Deterministic.Core.Buffers;
using Deterministic.Core.Errors;

namespace Deterministic.Core;

/// <summary>
/// The sending half of a connection: queues what the transport does not take at once, keeps the watermarks, and ends the stream after the last byte.
/// Not thread-safe: its owner serialises calls.
/// </summary>
/// <remarks>
/// <para>Commands from the user: <see cref="Write"/>, <see cref="WriteEof"/>, <see cref="SetLimits"/>, <see cref="Discard"/>.</para>
/// <para>
/// Polled outputs: <see cref="TryBeginDirect"/>, <see cref="TryBeginSend"/>, <see cref="TryBeginEnd"/>; each must be answered by its input.
/// <see cref="IsPaused"/> is whether <c>drain</c> must wait.
/// </para>
/// <para>Inputs from the driver: <see cref="SentDirect"/>, <see cref="Sent"/>, <see cref="EndSent"/>, <see cref="Blocked"/>.</para>
/// <para>Getters: all else.</para>
/// <para>Theory: one send at a time, of all that is queued, or of the caller's memory when nothing is. <see cref="SendState"/> is idle again with each result; <see cref="EofState"/> only moves down its list.</para>
/// <para>
/// The high watermark is tested once the transport had its chance to take the bytes (W-WM-04): when the driver reports
/// <see cref="Blocked"/>, or at once for a write made while a send is under way.
/// </para>
/// </remarks>
public sealed class WriterMachine
{
    private readonly ByteQueue _queue;

    /// <summary>A machine with an empty queue.</summary>
    /// <param name="limits">The watermarks.</param>
    /// <param name="pool">Where queued bytes are kept; the shared pool if null.</param>
    /// <param name="maxUnsentBytes">What <see cref="HasRoomFor"/> goes by; null for no bound.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxUnsentBytes"/> is not positive.</exception>
    public WriterMachine(WriteBufferLimits limits, ArrayPool<byte>? pool = null, long? maxUnsentBytes = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxUnsentBytes ?? 1, nameof(maxUnsentBytes));
        MaxUnsentBytes = maxUnsentBytes;
        Limits = Within(limits);
        _queue = new ByteQueue(pool ?? ArrayPool<byte>.Shared);
    }

    /// <summary>The watermarks in force.</summary>
    public WriteBufferLimits Limits { get; private set; }

    /// <summary>The most bytes that may be queued; null for no bound.</summary>
    public long? MaxUnsentBytes { get; }

    /// <summary>The largest write that has room whenever a drain need not wait: what is left of <see cref="MaxUnsentBytes"/> above the high watermark. At least 1.</summary>
    public long RoomAfterDrain => MaxUnsentBytes is { } most ? most - Limits.High : long.MaxValue;

    /// <summary>Bytes queued and not yet taken by the transport.</summary>
    public long Buffered => _queue.Length;

    /// <summary>Whether the queue has gone above the high watermark and not yet back to the low one.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>The state of the end of the stream.</summary>
    public EofState End { get; private set; }

    /// <summary>What the driver does with the output.</summary>
    public SendState Sending { get; private set; }

    /// <summary>Whether the driver has something to begin.</summary>
    public bool HasOutput => Sending == SendState.Idle && (Buffered > 0 || End == EofState.Queued);

    /// <summary>Whether so many bytes more may be queued: clause W-MAX-01.</summary>
    /// <param name="count">How many; not negative.</param>
    public bool HasRoomFor(long count) => MaxUnsentBytes is not { } most || count <= most - Buffered;

    /// <summary>Command: rejects a write after the end of the stream, even if it is empty: clause W-WRITE-02.</summary>
    /// <exception cref="InvalidOperationException">The end of the stream was written already: clause W-EOF-04.</exception>
    public void ThrowIfEnded()
    {
        if (End != EofState.Open)
        {
            ThrowHelper.WriteAfterEof();
        }
    }

    /// <summary>Command: queues a copy of <paramref name="data"/>.</summary>
    /// <param name="data">The bytes; the caller keeps the memory.</param>
    /// <exception cref="InvalidOperationException">
    /// The end of the stream was written already (W-EOF-04), or a direct send is under way, whose rest would be overtaken.
    /// </exception>
    public void Write(ReadOnlySpan<byte> data)
    {
        ThrowIfEnded();
        if (Sending == SendState.SendingDirect)
        {
            ThrowHelper.WriteDuringDirectSend();
        }

        _queue.Append(data);
        if (Sending != SendState.Idle && !data.IsEmpty)
        {
            PauseIfHigh();
        }
    }

    /// <summary>Command: ends the stream once everything queued is sent. Idempotent: clause W-EOF-03.</summary>
    public void WriteEof() => End = End == EofState.Open ? EofState.Queued : End;

    /// <summary>Command: sets the watermarks; lower ones can pause at once, higher ones resume with the next send: clause W-WM-06. High is at most half of <see cref="MaxUnsentBytes"/>: clause W-MAX-03.</summary>
    /// <param name="limits">The new watermarks.</param>
    public void SetLimits(WriteBufferLimits limits)
    {
        Limits = Within(limits);
        PauseIfHigh();
    }

    /// <summary>Polled output: whether a write may go straight from the caller's memory, because nothing is queued before it.</summary>
    public bool TryBeginDirect()
    {
        bool direct = Sending == SendState.Idle && Buffered == 0;
        Sending = direct ? SendState.SendingDirect : Sending;
        return direct;
    }

    /// <summary>Input: ends a direct send, and queues a copy of what the transport did not take.</summary>
    /// <param name="rest">What the transport did not take.</param>
    public void SentDirect(ReadOnlySpan<byte> rest)
    {
        if (Sending != SendState.SendingDirect)
        {
            ThrowHelper.NotSending();
        }

        Sending = SendState.Idle;
        _queue.Append(rest);
    }

    /// <summary>Polled output: takes what is to be sent. It stays valid until <see cref="Sent"/>.</summary>
    /// <param name="data">Everything queued.</param>
    public bool TryBeginSend(out ReadOnlySequence<byte> data)
    {
        if (Sending != SendState.Idle || Buffered == 0)
        {
            data = default;
            return false;
        }

        Sending = SendState.Sending;
        data = _queue.Peek(Buffered);
        return true;
    }

    /// <summary>Input: ends a send. Writing resumes at or below the low watermark: clause W-WM-05.</summary>
    /// <param name="count">The bytes that the transport took; 0 if none.</param>
    /// <exception cref="ArgumentOutOfRangeException">That is more than is queued, or negative; the send stands.</exception>
    /// <exception cref="InvalidOperationException">No send was begun.</exception>
    public void Sent(long count)
    {
        if (Sending != SendState.Sending)
        {
            ThrowHelper.NotSending();
        }

        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Buffered);
        Sending = SendState.Idle;
        if (count > 0)
        {
            _queue.Skip(count);
            _queue.Release();
            IsPaused &= Buffered > Limits.Low;
        }
    }

    /// <summary>Input: the transport takes no more for now. Writing pauses above the high watermark.</summary>
    public void Blocked() => PauseIfHigh();

    /// <summary>Polled output: whether the driver must end our half of the transport now.</summary>
    public bool TryBeginEnd()
    {
        bool due = End == EofState.Queued && Sending == SendState.Idle && Buffered == 0;
        End = due ? EofState.Sending : End;
        return due;
    }

    /// <summary>Input: our half of the transport is ended.</summary>
    public void EndSent() => End = EofState.Sent;

    /// <summary>Command: drops everything queued. A send under way keeps its memory until the driver reports its result.</summary>
    public void Discard() => _queue.Abandon();

    /// <summary>Half of the bound is left for the write that a program makes after its drain.</summary>
    private WriteBufferLimits Within(WriteBufferLimits limits)
    {
        if (MaxUnsentBytes / 2 is not { } half || limits.High <= half)
        {
            return limits;
        }

        return WriteBufferLimits.Create((int)half, (int)Math.Min(limits.Low, half));
    }

    private void PauseIfHigh() => IsPaused |= Buffered > Limits.High;
}
