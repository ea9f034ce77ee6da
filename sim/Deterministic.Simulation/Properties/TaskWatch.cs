using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Deterministic.Simulation.Properties;

/// <summary>
/// Finds tasks that failed without anybody looking: an exception that was thrown on this thread and that the garbage collector then finds in an unobserved task. The runtime reports
/// those only once they are collected, so that at the end of a run that has thrown anything that could count a collection is forced; any other run pays nothing.
/// </summary>
internal sealed class TaskWatch : IDisposable
{
    private readonly SimulatedWorld _world;
    private readonly ConditionalWeakTable<Exception, Thrown> _thrown = [];
    private readonly ConcurrentQueue<(Exception Error, Thrown Thrown)> _unobserved = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _count;

    public TaskWatch(SimulatedWorld world)
    {
        _world = world;
        AppDomain.CurrentDomain.FirstChanceException += OnThrown;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    /// <summary>Whether anything was thrown that could count.</summary>
    public bool HasThrown => _count > 0;

    /// <summary>Makes the runtime report the tasks that failed. The program must have let go of them; its finalizers run.</summary>
    public static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>The first exception that was thrown, and left in a task that nobody looked at; null if there is none. Asks the program what it expects.</summary>
    public Finding? Find() =>
        // The collector finds them in any order.
        _unobserved
            .OrderBy(one => one.Thrown.Number)
            .Where(one => _world.IsFailure(one.Error))
            .Select(one =>
                ScenarioWorld.Unhandled(
                    BuiltInProperties.NoUnobservedFailure,
                    one.Error,
                    one.Thrown.Host,
                    one.Thrown.Time
                )
            )
            .FirstOrDefault();

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnThrown;
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
    }

    private void OnThrown(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        // Other threads run worlds of their own.
        if (
            Environment.CurrentManagedThreadId == _thread
            && (_world.ReportsLostConnections || !LostConnections.Is(thrown.Exception))
            && _thrown.TryAdd(thrown.Exception, new Thrown(_count, _world.Scheduler.Now, _world.HostHere))
        )
        {
            _count++;
        }
    }

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs unobserved)
    {
        foreach (Exception error in unobserved.Exception.InnerExceptions)
        {
            if (_thrown.TryGetValue(error, out Thrown? thrown))
            {
                _unobserved.Enqueue((error, thrown));
                unobserved.SetObserved();
            }
        }
    }

    /// <summary>When an exception was first thrown.</summary>
    private sealed record Thrown(long Number, TimeSpan Time, string Host);
}
