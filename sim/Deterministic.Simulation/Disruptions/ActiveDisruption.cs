using Deterministic.Faults;
using Deterministic.Faults.Timed;
using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation.Disruptions;

/// <summary>A timed fault that has struck: which of its steps are done, and which are still to come.</summary>
/// <param name="scheduler">The scheduler of the world.</param>
/// <param name="fault">What was planned.</param>
/// <param name="steps">What it does to the world.</param>
/// <param name="onEnd">Called when its time is over.</param>
internal sealed class ActiveDisruption(
    SimulationScheduler scheduler,
    TimedFault fault,
    IReadOnlyList<DisruptionStep> steps,
    Action<ActiveDisruption> onEnd
)
{
    private readonly List<DisruptionStep> _done = [];
    private readonly List<ScheduledItem> _toCome = [];

    public TimedFault Fault => fault;

    /// <summary>Whether something of it is left to be undone.</summary>
    public bool IsUndoable => steps.Any(static step => step.Undo is not null);

    /// <summary>How many items of the scheduler belong to it.</summary>
    public int PendingItems => _toCome.Count(static item => item.IsPending);

    public void Begin()
    {
        foreach (DisruptionStep step in steps)
        {
            if (step.Begin == TimeSpan.Zero)
            {
                Do(step);
            }
            else
            {
                Schedule(step.Begin, () => Do(step));
            }

            if (step.End is { } end)
            {
                Schedule(end, () => Undo(step));
            }
        }

        if (fault.Lasts is { } time && IsUndoable)
        {
            Schedule(time, () => onEnd(this));
        }
    }

    /// <summary>Undoes what is done, and cancels what is still to come.</summary>
    public void End()
    {
        foreach (ScheduledItem item in _toCome)
        {
            item.Cancel();
        }

        foreach (DisruptionStep step in _done.ToArray())
        {
            Undo(step);
        }
    }

    private void Do(DisruptionStep step)
    {
        step.Do();
        _done.Add(step);
    }

    private void Undo(DisruptionStep step)
    {
        if (_done.Remove(step))
        {
            step.Undo?.Invoke();
        }
    }

    private void Schedule(TimeSpan after, Action action) =>
        _toCome.Add(scheduler.ScheduleAfter(after, fault.Target, static action => ((Action)action!).Invoke(), action));
}
