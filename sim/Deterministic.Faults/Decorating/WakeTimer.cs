namespace Deterministic.Faults.Decorating;

/// <summary>Timers that belong to no program: they take no execution context along.</summary>
internal static class WakeTimer
{
    /// <summary>A timer that is not set yet.</summary>
    public static ITimer Create(TimeProvider time, TimerCallback callback)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return time.CreateTimer(callback, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        using (ExecutionContext.SuppressFlow())
        {
            return time.CreateTimer(callback, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Sets it to go off once, after a span or soon if that is not positive.</summary>
    public static void Set(ITimer timer, TimeSpan span) =>
        timer.Change(span > TimeSpan.Zero ? span : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
}
