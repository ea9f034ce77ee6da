using Deterministic.Core;

namespace Deterministic.Streams;

/// <summary>Blocks the calling thread until something asynchronous has ended: for code that insists on synchronous streams.</summary>
internal static class BlockingWait
{
    /// <summary>Refuses where the wait could never end.</summary>
    /// <exception cref="NotSupportedException">The connection's transport does not allow a thread to block.</exception>
    public static void ThrowIfNotAllowed(Connection connection, string instead)
    {
        if (!connection.Reader.AllowsBlockingWaits)
        {
            throw new NotSupportedException(
                "A synchronous read or write would block the thread that this connection lives on, as in a simulation, and never return: "
                    + $"use {instead}. (A transport that allows it says so with Transport.AllowsBlockingWaits.)"
            );
        }
    }

    /// <param name="begin">Begins it. Cancelling it must lose nothing.</param>
    /// <param name="milliseconds">How long, in real time, or <see cref="Timeout.Infinite"/>.</param>
    /// <param name="what">What to name in the error.</param>
    /// <exception cref="ConnectionException">Of kind <see cref="ConnectionErrorKind.TimedOut"/>: it has not ended in time, and was cancelled.</exception>
    public static T Run<T>(Func<CancellationToken, ValueTask<T>> begin, int milliseconds, string what)
    {
        using CancellationTokenSource source = new();
        Task<T> task = begin(source.Token).AsTask();
#pragma warning disable VSTHRD002 // Blocking is what was asked for, and allowed: the driver ends the operation on a thread of its own.
        bool inTime = Task.WaitAny([task], milliseconds) == 0;
        if (!inTime)
        {
            source.Cancel();
        }

        try
        {
            // An operation that ended just before it was cancelled has its result: that counts more than the time.
            return task.GetAwaiter().GetResult();
        }
#pragma warning restore VSTHRD002
        catch (OperationCanceledException error) when (!inTime)
        {
            throw new ConnectionException(
                ConnectionErrorKind.TimedOut,
                $"The {what} has not ended within {milliseconds} ms.",
                error
            );
        }
    }
}
