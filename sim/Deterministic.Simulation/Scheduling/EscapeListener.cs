using System.Diagnostics.Tracing;

namespace Deterministic.Simulation.Scheduling;

/// <summary>
/// Notices, on the thread that does it and at once, work that is queued to the thread pool and timers of the machine that are started. One for the process, because event sources are;
/// it costs only who uses the pool. Only threads that are running a simulation have a <see cref="Guard"/> here.
/// </summary>
internal sealed class EscapeListener : EventListener
{
    private const string PoolEvents = "System.Diagnostics.Eventing.FrameworkEventSource";

    // Of FrameworkEventSource: ThreadPool, ThreadTransfer.
    private const EventKeywords Keywords = (EventKeywords)(0x2 | 0x10);
    private const int EnqueueWork = 30;
    private const int TimerStarted = 150;

    private static readonly object Gate = new();
    private static EscapeListener? _listener;

    [ThreadStatic]
    private static ThreadGuard? _guard;

    private EscapeListener() { }

    /// <summary>Where this thread's escapes are recorded; null outside a run.</summary>
    public static ThreadGuard? Guard
    {
        get => _guard;
        set => _guard = value;
    }

    public static void Listen()
    {
        lock (Gate)
        {
            if (_listener is null)
            {
                _listener = new EscapeListener();
                WakeThePool();
            }
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (string.Equals(eventSource.Name, PoolEvents, StringComparison.Ordinal))
        {
            EnableEvents(eventSource, EventLevel.Verbose, Keywords);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (_guard is not { Escape: null } guard || eventData.EventId is not (EnqueueWork or TimerStarted))
        {
            return;
        }

        EscapeSite site = EscapeSite.Here();
        guard.Record(EscapeMessages.Of(CauseOf(eventData.EventId, site), site.Call, site.Place));
    }

    private static EscapeCause CauseOf(int happened, EscapeSite site)
    {
        string space = site.Type?.Namespace ?? "";
        if (space.StartsWith("System.IO.Pipelines", StringComparison.Ordinal))
        {
            return EscapeCause.Continuation;
        }

        if (
            space is "System.IO" or "System.Diagnostics"
            || space.StartsWith("System.Net", StringComparison.Ordinal)
            || space.StartsWith("System.IO.", StringComparison.Ordinal)
        )
        {
            return EscapeCause.RealInputOutput;
        }

        return happened == TimerStarted ? EscapeCause.RealTimer
            : site.Passes(static (type, _) => type.Contains("Parallel", StringComparison.Ordinal))
                ? EscapeCause.ParallelWork
            : site.IsAnAwait || site.Passes(IsContinuing) ? EscapeCause.Continuation
            : EscapeCause.ThreadPool;
    }

    private static bool IsContinuing(string type, string method) =>
        method is "RunContinuations" or "SignalCompletion"
        || method.Contains("OnCompleted", StringComparison.Ordinal)
        || type.Contains("ManualResetValueTaskSourceCore", StringComparison.Ordinal);

    /// <summary>
    /// The pool looks whether anybody listens when one of its threads begins to work, and not before: so one must, once in the life of the process.
    /// </summary>
#pragma warning disable RS0030 // The guard against the pool has to know it.
    private static void WakeThePool()
    {
        using ManualResetEventSlim awake = new();
        ThreadPool.UnsafeQueueUserWorkItem(static state => ((ManualResetEventSlim)state!).Set(), awake);
        awake.Wait();
    }
#pragma warning restore RS0030
}
