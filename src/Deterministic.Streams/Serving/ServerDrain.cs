using Deterministic.Streams.Timing;

namespace Deterministic.Streams.Serving;

/// <summary>Ends a server within a time, on its network's own clock.</summary>
internal static class ServerDrain
{
    /// <exception cref="ArgumentOutOfRangeException">That is no time to wait for.</exception>
    public static void ThrowIfNoDeadline(TimeSpan deadline)
    {
        if (deadline != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(deadline, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(deadline, TimeOuts.Longest);
        }
    }

    /// <summary>Waits for the connections of a closed server, and aborts those that are left.</summary>
    /// <returns>How many those were.</returns>
    public static async ValueTask<int> RunAsync(
        Func<CancellationToken, ValueTask> waitClosedAsync,
        Func<int> abortAll,
        TimeSpan deadline,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using CancellationTokenSource timer = new(deadline, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            timer.Token
        );
        try
        {
            await waitClosedAsync(either.Token).ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // With the caller's token, not ours: that is how a caller knows its own cancellation.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            int left = abortAll();
            await waitClosedAsync(cancellationToken).ConfigureAwait(false);
            return left;
        }
    }
}
