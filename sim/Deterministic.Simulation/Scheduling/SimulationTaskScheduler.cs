namespace Deterministic.Simulation.Scheduling;

/// <summary>Keeps tasks inside the simulation: <c>Task.Factory.StartNew(…, scheduler)</c> in place of <c>Task.Run</c>.</summary>
/// <remarks>A task queued from a foreign thread never runs: the escape stops the run.</remarks>
public sealed class SimulationTaskScheduler : TaskScheduler
{
    private readonly SimulationSynchronizationContext _context;
    private readonly SendOrPostCallback _execute;

    internal SimulationTaskScheduler(SimulationSynchronizationContext context)
    {
        _context = context;
        _execute = task => TryExecuteTask((Task)task!);
    }

    /// <summary>1: there is one thread.</summary>
    public override int MaximumConcurrencyLevel => 1;

    /// <inheritdoc/>
    protected override void QueueTask(Task task) => _context.Post(_execute, task);

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        // Only where the program already runs: inlined into an item of the world, a task would run without its context.
        ReferenceEquals(SynchronizationContext.Current, _context) && TryExecuteTask(task);

    /// <summary>Empty: queued tasks wait among the scheduler's ready items.</summary>
    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
