using System.Runtime.ExceptionServices;

namespace Deterministic.Simulation.Scheduling;

/// <summary>Knows the simulator's thread, and keeps the first escape. The one class of the simulator that other threads may enter.</summary>
internal sealed class ThreadGuard
{
    private readonly object _recording = new();
    private volatile SimulationEscapeException? _escape;
    private volatile int _thread = Environment.CurrentManagedThreadId;

    public bool IsOnThread => Environment.CurrentManagedThreadId == _thread;

    /// <summary>The first escape: it never goes away, for from there on the world isn't what the tape says.</summary>
    public SimulationEscapeException? Escape => _escape;

    public void BindToCurrentThread() => _thread = Environment.CurrentManagedThreadId;

    public void Verify(string what)
    {
        if (!IsOnThread)
        {
            throw Record(what);
        }
    }

    /// <summary>Makes the run stop because of a call from a foreign thread, and returns the error for a caller that can throw it.</summary>
    public SimulationEscapeException Record(string what) =>
        Record(EscapeMessages.OfForeignCall(what, Thread.CurrentThread));

    /// <summary>Makes the run stop, and returns the error for a caller that can throw it.</summary>
    public SimulationEscapeException Record(SimulationEscapeException escape)
    {
        // Recorded rather than thrown by some callers, and then it would have no stack.
        SimulationEscapeException recorded = (SimulationEscapeException)
            ExceptionDispatchInfo.SetCurrentStackTrace(escape);
        lock (_recording)
        {
            _escape ??= recorded;
            Monitor.PulseAll(_recording);
        }

        return new SimulationEscapeException(escape.Cause, escape.Message);
    }

    public void AwaitEscape(TimeSpan grace)
    {
        lock (_recording)
        {
            if (_escape is null && grace > TimeSpan.Zero)
            {
                Monitor.Wait(_recording, grace);
            }
        }
    }
}
