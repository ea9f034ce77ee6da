using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Deterministic.Simulation.Errors;

/// <summary>
/// Finds tasks that failed without anybody looking: an exception that was thrown on this thread and that the garbage collector then finds in an unobserved task. The runtime reports
/// those only once they are collected, so that at the end of a run that has thrown anything that could count a collection is forced; any other run pays nothing.
/// </summary>
internal sealed class TaskWatch : IDisposable
{
    private readonly Func<Exception, bool> _mayCount;
    private readonly Func<(TimeSpan Time, string Host)> _here;
    private readonly ConditionalWeakTable<Exception, Thrown> _thrown = [];
    private readonly ConcurrentQueue<(Exception Error, Thrown Thrown)> _unobserved = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _count;

    /// <param name="mayCount">Whether an exception could count if its task is not observed.</param>
    /// <param name="here">The virtual time, and the host whose code runs.</param>
    public TaskWatch(Func<Exception, bool> mayCount, Func<(TimeSpan Time, string Host)> here)
    {
        _mayCount = mayCount;
        _here = here;
        AppDomain.CurrentDomain.FirstChanceException += OnThrown;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    /// <summary>Whether anything was thrown that could count.</summary>
    public bool HasThrown => _count > 0;

    /// <summary>Makes the runtime report the tasks that failed. The program must hold no reference to them; its finalizers run.</summary>
    public static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>The first exception that was thrown and left in a task that was never observed, with when and where; null if there is none.</summary>
    /// <param name="isFailure">Whether an exception counts. Filters of the program run here.</param>
    public (Exception Error, TimeSpan Time, string Host)? Find(Func<Exception, bool> isFailure) =>
        // The collector finds them in any order.
        _unobserved
            .OrderBy(one => one.Thrown.Number)
            .Where(one => isFailure(one.Error))
            .Select(one => ((Exception, TimeSpan, string)?)(one.Error, one.Thrown.Time, one.Thrown.Host))
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
            && _mayCount(thrown.Exception)
            && _thrown.TryAdd(thrown.Exception, At(_here()))
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

    private Thrown At((TimeSpan Time, string Host) here) => new(_count, here.Time, here.Host);

    /// <summary>When an exception was first thrown.</summary>
    private sealed record Thrown(long Number, TimeSpan Time, string Host);
}
