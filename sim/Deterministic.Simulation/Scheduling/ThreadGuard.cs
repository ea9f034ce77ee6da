using System.Runtime.ExceptionServices;

namespace Deterministic.Simulation;

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

    /// <summary>Makes the run stop, and returns the error for a caller that can throw it.</summary>
    public SimulationEscapeException Record(string what)
    {
        var thread = Thread.CurrentThread;
        var name = thread.IsThreadPoolThread
            ? "a thread of the thread pool"
            : $"the thread '{thread.Name ?? "without a name"}'";
        var escape = new SimulationEscapeException(
            $"{what} was called from {name}, outside the simulation. Keep the program on the simulator's thread: start work with "
                + "Task.Factory.StartNew on the simulation's TaskScheduler instead of Task.Run, wait with the host's TimeProvider instead of "
                + "real timers, create no threads, and don't combine RunContinuationsAsynchronously or Task.Yield with ConfigureAwait(false)."
        );
        lock (_recording)
        {
            // Recorded rather than thrown by some callers, and then it would have no stack.
            _escape ??= (SimulationEscapeException)ExceptionDispatchInfo.SetCurrentStackTrace(escape);
            Monitor.PulseAll(_recording);
        }

        return new SimulationEscapeException(escape.Message);
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
