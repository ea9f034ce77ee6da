namespace Deterministic.Faults.Decorating;

/// <summary>A wait that ends, also when it is cancelled, on a timer's stack: never on that of the program that cancels it.</summary>
internal static class FaultyPause
{
    /// <param name="time">The time to wait by.</param>
    /// <param name="span">How long.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static async ValueTask WaitAsync(TimeProvider time, TimeSpan span, CancellationToken cancellationToken)
    {
        TaskCompletionSource ended = new();
        ITimer timer = WakeTimer.Create(time, _ => End(ended, cancellationToken));
        await using (timer.ConfigureAwait(false))
        {
            WakeTimer.Set(timer, span);
            CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
                static timer => ((ITimer)timer!).Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan),
                timer
            );
            await using (registration.ConfigureAwait(false))
            {
                await ended.Task.ConfigureAwait(false);
            }
        }
    }

    private static void End(TaskCompletionSource ended, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            ended.TrySetCanceled(cancellationToken);
        }
        else
        {
            ended.TrySetResult();
        }
    }
}
