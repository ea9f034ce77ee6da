using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation.Waiting;

/// <summary>Notes the async methods of one run that wait, by the number of their task. Between <see cref="Begin"/> and <see cref="Dispose"/>, on one thread.</summary>
internal sealed class WaitRecorder : IWaitRecording
{
    private const string AsyncMethod = "Async: ";

    private readonly SimulationScheduler _scheduler;
    private readonly WaitRecorder? _outer;
    private readonly Dictionary<int, AsyncMethodRecord> _methods = [];
    private int _seen;

    private WaitRecorder(SimulationScheduler scheduler, WaitRecorder? outer)
    {
        _scheduler = scheduler;
        _outer = outer;
    }

    public IReadOnlyDictionary<int, AsyncMethodRecord> Methods => _methods;

    /// <summary>Begins to listen, on this thread. An outer run on the same thread, if there is one, is deaf meanwhile.</summary>
    public static WaitRecorder Begin(SimulationScheduler scheduler)
    {
        WaitRecorder recorder = new(scheduler, TaskEventListener.Recorder);
        ActiveTasks.Keep();
        TaskEventListener.Listen();
        TaskEventListener.Recorder = recorder;
        return recorder;
    }

    public IReadOnlyList<Waiter> Explain(Task? main) => WaitExplainer.Explain(this, main);

    public void Dispose()
    {
        TaskEventListener.Recorder = _outer;
        TaskEventListener.StopListening();
        ActiveTasks.Forget();
    }

    public void Began(int task, string operation)
    {
        if (operation.StartsWith(AsyncMethod, StringComparison.Ordinal))
        {
            string owner = SynchronizationContext.Current is SimulationSynchronizationContext context
                ? context.Owner
                : _scheduler.CurrentOwner;
            _methods[task] = new AsyncMethodRecord(_seen++, operation[AsyncMethod.Length..], owner)
            {
                Since = _scheduler.Now,
            };
        }
    }

    public void Resumed(int task)
    {
        if (_methods.TryGetValue(task, out AsyncMethodRecord? method))
        {
            method.Since = _scheduler.Now;
            method.Resumptions++;
        }
    }

    public void Ended(int task) => _methods.Remove(task);
}
