using System.Diagnostics.CodeAnalysis;

namespace Deterministic.Core.Errors;

/// <summary>Keeps throws out of the hot paths, and each message in one place.</summary>
internal static class ThrowHelper
{
    [DoesNotReturn]
    public static void ReadInProgress(ReadKind kind) =>
        throw new InvalidOperationException(
            $"A read ({kind}) already waits for data on this stream. Await it or cancel it before reading again: one read at a time."
        );

    [DoesNotReturn]
    public static void FeedAfterEof() =>
        throw new InvalidOperationException(
            "Data was fed after the end of the stream: the driver must not report bytes after end of file."
        );

    [DoesNotReturn]
    public static void FeedWhileLent() =>
        throw new InvalidOperationException(
            "Receive memory is lent out: report it as received before feeding copied data."
        );

    [DoesNotReturn]
    public static void NotReceiving() =>
        throw new InvalidOperationException(
            "No receive was begun: lend memory with a receive before reporting its result."
        );

    [DoesNotReturn]
    public static void NotSending() =>
        throw new InvalidOperationException("No send was begun: take the output before reporting what was sent.");

    [DoesNotReturn]
    public static void WriteAfterEof() =>
        throw new InvalidOperationException(
            "Cannot call Write after WriteEof: the write side of this stream has ended."
        );

    [DoesNotReturn]
    public static void WriteDuringDirectSend() =>
        throw new InvalidOperationException(
            "A direct send is under way: report what was sent before writing more, or the order of the bytes would be lost."
        );

    [DoesNotReturn]
    public static void NoRoomToWrite(long count, long unsent, long? maxUnsent, long roomAfterDrain) =>
        throw new InvalidOperationException(
            $"No room for this write of {count} bytes: {unsent} bytes are unsent, and MaxUnsentBytes is {maxUnsent}. "
                + $"Nothing of it was taken. Await DrainAsync before writing, and write at most {roomAfterDrain} bytes at a time."
        );
}
