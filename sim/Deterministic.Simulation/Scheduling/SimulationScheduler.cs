using Deterministic.Exploration;
using Deterministic.Simulation.Errors;

namespace Deterministic.Simulation.Scheduling;

/// <summary>
/// The one thread of a simulated world: runs what is ready in the order that the tape says, and jumps in virtual time to what is due
/// next once nothing is.
/// </summary>
/// <remarks>
/// <para>
/// Two kinds of items. The program's are posted to a <see cref="SimulationSynchronizationContext"/> and run with it current. The
/// world's (timers, deliveries, whatever a driver posts) run with no current context, because only then does
/// <c>ConfigureAwait(false)</c> continue inline, on this thread, when such an item completes what the program awaits.
/// </para>
/// <para>
/// When several items are ready the next is a choice of the kind <see cref="ChoiceKind.Schedule"/> among them, 0 being the oldest;
/// taking a later one puts the oldest into its place. All that is due at one instant becomes ready together, in the order in
/// which it was scheduled, so its order is a choice as well.
/// </para>
/// <para>
/// The thread is the one that created the scheduler, and from then on the one that last called <see cref="RunUntil"/> or
/// <see cref="Run"/>. Every other member throws <see cref="SimulationEscapeException"/> elsewhere, and the run stops with it.
/// </para>
/// <para>
/// That of a simulated world says which method of the program waits or does not end. One made without a world does not look into the program:
/// <see cref="RunLimits.ExplainWaits"/> has no effect on it.
/// </para>
/// <para>
/// The map of this folder. <see cref="ReadyQueue"/> and <see cref="TimedHeap"/> hold what is ready and what is due; <see cref="HostClock"/>, <see cref="VirtualTimeProvider"/> and
/// <see cref="VirtualTimer"/> are time as programs see it; <see cref="ThreadGuard"/>, <see cref="EscapeListener"/>, <see cref="FlowGuard"/> and <see cref="ItemWatch"/> notice what
/// leaves the thread or does not end.
/// </para>
/// </remarks>
public sealed partial class SimulationScheduler
{
    /// <summary>The owner of the code of the test or the scenario itself.</summary>
    internal const string MainOwner = "main";

    private readonly ReadyQueue _ready = new();
    private readonly TimedHeap _timed = new();
    private readonly ThreadGuard _guard = new();
    private TimedEntry? _free;
    private long _now;
    private long _sequence;
    private long _steps;

    /// <summary>A scheduler at virtual time zero.</summary>
    /// <param name="choices">Where its decisions come from.</param>
    public SimulationScheduler(ChoiceSource choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        Choices = choices;
        Context = CreateContext(MainOwner);
        TaskScheduler = new SimulationTaskScheduler(Context);
        Thrown = new ThrownExceptions(() => new FailurePoint(Now, CurrentOwner, CountEvents()));
    }

    /// <summary>Where every decision of this world comes from.</summary>
    public ChoiceSource Choices { get; }

    /// <summary>The context of the main program.</summary>
    public SimulationSynchronizationContext Context { get; }

    /// <summary>Runs tasks as items of <see cref="Context"/>.</summary>
    public SimulationTaskScheduler TaskScheduler { get; }

    /// <summary>Virtual time since the start of the simulation, in ticks of 100 ns.</summary>
    public TimeSpan Now => new(_now);

    /// <summary>How many items have run, over all runs.</summary>
    public long Steps
    {
        get => _steps;
        private set => _steps = value;
    }

    /// <summary>How many items are ready to run, stale ticks included.</summary>
    public int ReadyCount => _ready.Count;

    /// <summary>How many callbacks wait for a later instant.</summary>
    public int TimedCount => _timed.Count;

    /// <summary>As <see cref="TimedCount"/>, without background timers.</summary>
    internal int ForegroundCount => _timed.Count - _timed.BackgroundCount;

    /// <summary>Whether the caller is on the simulator's thread. Any thread may ask.</summary>
    public bool IsOnThread => _guard.IsOnThread;

    /// <summary>The first call from a foreign thread, or null; once set it stays, and no run of this scheduler completes. Any thread may ask.</summary>
    public SimulationEscapeException? Escape => _guard.Escape;

    /// <summary>Lets only the simulator's thread pass. What must not be touched from elsewhere begins with this. Any thread may call it.</summary>
    /// <param name="what">The call to name in the error.</param>
    /// <exception cref="SimulationEscapeException">The caller is on a foreign thread. The run stops as well, should it swallow this.</exception>
    public void VerifyAccess(string what) => _guard.Verify(what);

    /// <summary>
    /// Stops the run as <see cref="VerifyAccess"/> does, without throwing: for calls such as <c>Dispose</c> that may come from where an
    /// exception would end the process. Any thread may call it.
    /// </summary>
    /// <param name="what">The call to name in the error.</param>
    public void ReportEscape(string what) => _guard.Record(what);

    /// <summary>Another program's context, so that each host's items carry its name.</summary>
    /// <param name="owner">The owner of the program that runs there.</param>
    public SimulationSynchronizationContext CreateContext(string owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        return new SimulationSynchronizationContext(this, owner);
    }

    /// <summary>Makes an item of the world ready to run. A program's item is posted to its context instead.</summary>
    /// <param name="owner">Whom it concerns, such as a host's name.</param>
    /// <param name="callback">What to run, with no current context.</param>
    /// <param name="state">Its argument.</param>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public void Post(string owner, SendOrPostCallback callback, object? state = null)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(callback);
        VerifyAccess("SimulationScheduler.Post");
        _ready.Add(new ReadyItem(callback, state, owner, context: null));
    }

    /// <summary>Schedules an item of the world once.</summary>
    /// <param name="due">Virtual time since the start; what has passed already means now.</param>
    /// <param name="owner">Whom it concerns.</param>
    /// <param name="callback">What to run, with no current context.</param>
    /// <param name="state">Its argument.</param>
    /// <returns>A handle to cancel it with.</returns>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public ScheduledItem ScheduleAt(TimeSpan due, string owner, SendOrPostCallback callback, object? state = null) =>
        Schedule(due.Ticks, owner, callback, state);

    /// <summary>As <see cref="ScheduleAt"/>, counted from now.</summary>
    /// <param name="delay">Virtual time from now; a negative one means now.</param>
    /// <param name="owner">Whom it concerns.</param>
    /// <param name="callback">What to run, with no current context.</param>
    /// <param name="state">Its argument.</param>
    /// <returns>A handle to cancel it with.</returns>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public ScheduledItem ScheduleAfter(
        TimeSpan delay,
        string owner,
        SendOrPostCallback callback,
        object? state = null
    ) => Schedule(DueAfter(delay), owner, callback, state);

    /// <summary>A timer of the world that can be armed many times.</summary>
    /// <param name="owner">Whom it concerns.</param>
    /// <param name="callback">What each tick runs, with no current context.</param>
    /// <param name="state">Its argument.</param>
    public SimulationTimer CreateTimer(string owner, SendOrPostCallback callback, object? state = null)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(callback);
        return new SimulationTimer(this, owner, callback, state);
    }

    /// <summary>Looks into the program, for messages; null for a scheduler without a world, whose runs do not say who waits for what.</summary>
    internal IRunInspector? Inspector { get; init; }

    /// <summary>Where its runs threw what.</summary>
    internal ThrownExceptions Thrown { get; }

    /// <summary>How many events the trace of this world has.</summary>
    internal Func<long> CountEvents { get; set; } = static () => 0;

    /// <summary>The owner of the item that runs, or ran last.</summary>
    internal string CurrentOwner { get; private set; } = MainOwner;

    /// <summary>Asked where only background timers are left: whether one of them is going to change something.</summary>
    internal Func<bool> AwaitsBackground { get; set; } = static () => false;

    /// <summary>A timer that does not keep the world alive: where only such timers are left, nothing is going to happen any more.</summary>
    internal SimulationTimer CreateBackgroundTimer(string owner, SendOrPostCallback callback) =>
        new(this, owner, callback, state: null, background: true);

    /// <summary>For any thread.</summary>
    internal long StepsSeenFromOutside => Volatile.Read(ref _steps);

    /// <summary>Whether the caller is inside of a run.</summary>
    internal bool RunsHere => _state == RunState.Running && _guard.IsOnThread;

    internal SimulationEscapeException RefuseToBlock(EscapeSite site) =>
        _guard.Record(EscapeMessages.Of(EscapeCause.BlockingWait, site.Call, site.Place));

    /// <summary>The context of a program that does not always run.</summary>
    internal SimulationSynchronizationContext CreateContext(string owner, ReadyGate gate) => new(this, owner, gate);

    /// <summary>Makes an item ready that runs with no current context, when a gate admits it.</summary>
    internal void Post(string owner, SendOrPostCallback callback, object? state, ReadyGate gate)
    {
        VerifyAccess("SimulationScheduler.Post");
        _ready.Add(new ReadyItem(callback, state, owner, context: null, gate));
    }

    /// <summary>Makes an item ready that its gate has kept.</summary>
    internal void PostAgain(in ReadyItem item) => _ready.Add(item);

    internal void PostProgram(SimulationSynchronizationContext context, SendOrPostCallback callback, object? state)
    {
        if (_guard.IsOnThread)
        {
            _ready.Add(new ReadyItem(callback, state, context.Owner, context, context.Gate));
        }
        else
        {
            _guard.Record("SynchronizationContext.Post (a continuation of the program)");
        }
    }
}
