using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Adapting;

/// <summary>
/// Where an adapted transport's callbacks run, and where the operations of the stream or pipe below continue: a simulator's context, a scheduler of the program, or else the thread pool.
/// </summary>
/// <remarks>
/// No other context is captured, nor visible to the stream or pipe below: its thread may be blocked until the result is there. A captured context is current when one of its callbacks runs, and would be captured by the library's own continuations: inside it they go through
/// <see cref="Leave"/>, as if there were none, which in a simulation is how the drivers themselves call.
/// </remarks>
internal sealed class CallbackContext
{
    private readonly SynchronizationContext? _context;

    public CallbackContext(Action<Action<object?>, object?>? scheduler)
    {
        ISimulationContext? simulation = SynchronizationContext.Current as ISimulationContext;
        TimeProvider = simulation?.TimeProvider;
        _context =
            scheduler is not null ? new SchedulerContext(scheduler)
            : simulation is not null ? SynchronizationContext.Current
            : null;
    }

    /// <summary>The simulator's time, if the transport was made in a simulation.</summary>
    public TimeProvider? TimeProvider { get; }

    /// <summary>Whether operations must continue in a context, rather than on the thread that ended them.</summary>
    public bool HasContext => _context is not null;

    public void Schedule(Action<object?> callback, object? state)
    {
        if (_context is null)
        {
#pragma warning disable RS0030 // Where there is no context there is no simulation either: nothing but the pool is left to run it.
            ThreadPool.UnsafeQueueUserWorkItem(callback, state, preferLocal: false);
#pragma warning restore RS0030
            return;
        }

#pragma warning disable VSTHRD001 // Nothing waits for it, so it can't deadlock.
        _context.Post(
            static boxed =>
            {
                var (owner, callback, state) = ((CallbackContext, Action<object?>, object?))boxed!;
                using (owner.Leave())
                {
                    callback(state);
                }
            },
            (this, callback, state)
        );
#pragma warning restore VSTHRD001
    }

    /// <summary>What is awaited until the scope ends continues here; without a context, on the thread that ended it.</summary>
    public ContextScope Enter() => new(_context);

    /// <summary>The library runs until the scope ends.</summary>
    public ContextScope Leave() => new(_context is null ? SynchronizationContext.Current : null);

    /// <summary>Makes another context current for a while.</summary>
    public readonly ref struct ContextScope
    {
        private readonly SynchronizationContext? _before;

        public ContextScope(SynchronizationContext? context)
        {
            _before = SynchronizationContext.Current;
            if (!ReferenceEquals(_before, context))
            {
                SynchronizationContext.SetSynchronizationContext(context);
            }
        }

        public void Dispose()
        {
            if (!ReferenceEquals(_before, SynchronizationContext.Current))
            {
                SynchronizationContext.SetSynchronizationContext(_before);
            }
        }
    }

    private sealed class SchedulerContext(Action<Action<object?>, object?> scheduler) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) =>
            scheduler(
                static boxed =>
                {
                    var (context, callback, state) = ((SchedulerContext, SendOrPostCallback, object?))boxed!;
                    using ContextScope scope = new(context);
                    callback(state);
                },
                (this, d, state)
            );

        public override SynchronizationContext CreateCopy() => this;
    }
}
