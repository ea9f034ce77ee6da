using System.Buffers;

namespace Deterministic.Core;

/// <summary>What became of a read.</summary>
public readonly struct ReadOutcome
{
    private ReadOutcome(
        ReadStatus status,
        ReadOnlySequence<byte> data,
        long count,
        Exception? error,
        bool isLast = false
    )
    {
        Status = status;
        Data = data;
        Count = count;
        Error = error;
        IsLast = isLast;
    }

    /// <summary>The state of the read.</summary>
    public ReadStatus Status { get; }

    /// <summary>
    /// The bytes read. They are lent: the machine owns them, and they stay as they are until the next read is begun
    /// or <see cref="ReaderMachine.Release"/> is called.
    /// </summary>
    public ReadOnlySequence<byte> Data { get; }

    /// <summary>
    /// The bytes that hold no separator (for an overrun), the bytes requested (for an incomplete read; −1 where it waited for a separator),
    /// or the bytes dropped (for a skip).
    /// </summary>
    public long Count { get; }

    /// <summary>For a look: whether the stream has ended with <see cref="Data"/>, so that nothing follows it.</summary>
    public bool IsLast { get; }

    /// <summary>The exception stored by the driver, for <see cref="ReadStatus.Failed"/>.</summary>
    public Exception? Error { get; }

    internal static ReadOutcome Pending => default;

    internal static ReadOutcome Completed(ReadOnlySequence<byte> data) => new(ReadStatus.Completed, data, 0, null);

    internal static ReadOutcome Shown(ReadStatus status, ReadOnlySequence<byte> data, bool isLast) =>
        new(status, data, 0, null, isLast);

    internal static ReadOutcome Skipped(long count) =>
        new(ReadStatus.Completed, ReadOnlySequence<byte>.Empty, count, null);

    internal static ReadOutcome Incomplete(ReadOnlySequence<byte> data, long expected) =>
        new(ReadStatus.Incomplete, data, expected, null);

    internal static ReadOutcome Overrun(ReadStatus status, long consumed) =>
        new(status, ReadOnlySequence<byte>.Empty, consumed, null);

    internal static ReadOutcome Failed(Exception error) =>
        new(ReadStatus.Failed, ReadOnlySequence<byte>.Empty, 0, error);
}
