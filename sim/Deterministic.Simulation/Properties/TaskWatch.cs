using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Deterministic.Simulation;

/// <summary>
/// Finds tasks that failed without anybody looking: an exception that was thrown on this thread and that the garbage collector then finds in an unobserved task. The runtime tells of
/// those only once they are collected, so that at the end of a run that has thrown anything at all a collection is forced; one that has thrown nothing pays nothing.
/// </summary>
internal sealed class TaskWatch : IDisposable
{
    private readonly ConditionalWeakTable<Exception, TaskWatch> _thrown = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile string? _unobserved;
    private long _count;

    public TaskWatch()
    {
        AppDomain.CurrentDomain.FirstChanceException += OnThrown;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    /// <summary>What a task failed with that nobody looked at, or null. The program must have let go of it.</summary>
    public string? Find()
    {
        if (_count > 0)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return _unobserved;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnThrown;
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
    }

    private void OnThrown(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        // Other threads run worlds of their own.
        if (Environment.CurrentManagedThreadId == _thread)
        {
            _count++;
            _thrown.TryAdd(thrown.Exception, this);
        }
    }

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs unobserved)
    {
        foreach (Exception error in unobserved.Exception.InnerExceptions)
        {
            if (_thrown.TryGetValue(error, out _))
            {
                _unobserved ??= $"{error.GetType().Name}: {error.Message}";
                unobserved.SetObserved();
            }
        }
    }
}
