using Deterministic.Core;
using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation.Programs;

/// <summary>
/// The owner of code that runs on a host: one run of the host's program, or the scenario's own code, which merely uses the host. What it opens and arms is its own, runs
/// when the host's processor lets it, and, if it is the host's program, ends with the host.
/// </summary>
internal sealed class ProgramScope : ReadyGate
{
    private readonly SimulationScheduler _scheduler;
    private readonly IProgramHost _host;
    private readonly VirtualCpu _processor;

    /// <summary>Has <see cref="ReadyGate.Here"/> set; null for the scenario's own code.</summary>
    private ExecutionContext? _execution;

    public ProgramScope(SimulationScheduler scheduler, IProgramHost host, VirtualCpu processor)
    {
        _scheduler = scheduler;
        _host = host;
        _processor = processor;
        Context = scheduler.CreateContext(host.Name, this);
    }

    /// <summary>Where its continuations go.</summary>
    public override SimulationSynchronizationContext Context { get; }

    public string HostName => _host.Name;

    public ScopeState Life { get; private set; }

    /// <summary>Whether it ends with the host; otherwise the scenario runs it, and gets an error when the host has crashed.</summary>
    public bool EndsWithHost => _execution is not null;

    /// <summary>The scope of the code that runs now, if it is a host's program.</summary>
    public static new ProgramScope? Here => (ProgramScope?)ReadyGate.Here;

    public override bool IsDead => Life == ScopeState.Dead;

    /// <summary>The scope of the code that runs now, if it is that host's program.</summary>
    public static ProgramScope? Of(IProgramHost host) => Here is { } scope && scope._host == host ? scope : null;

    /// <summary>Runs the host's program to its end, as an item of <see cref="Context"/>. What it throws ends the run.</summary>
    /// <param name="program">The delegate that the program was given as, by which messages name it.</param>
    /// <param name="run">Calls it.</param>
    public void Start(Delegate program, Func<Task?> run)
    {
        ReadyGate? starter = ReadyGate.Here;
        ReadyGate.Here = this;
        _execution =
            ExecutionContext.Capture()
            ?? throw new InvalidOperationException(
                "The flow of the execution context is suppressed: start a host's program outside of that."
            );
        ReadyGate.Here = starter;
        StartHandler(_ => _ = RunAsync(run), program);
    }

    /// <summary>From now on nothing of it runs.</summary>
    public void Kill() => Life = ScopeState.Dead;

    public override bool Admits(in ReadyItem item) => Life != ScopeState.Dead && _processor.Admits(item);

    /// <summary>Whether its code may run here and now, on the stack of an item of the world.</summary>
    /// <param name="later">What to run later if not, and if ever.</param>
    /// <param name="state">Its argument.</param>
    public override bool Enters(SendOrPostCallback later, object state) =>
        Admits(new ReadyItem(later, state, _host.Name, context: null, this));

    /// <summary>Makes something ready that runs with no current context.</summary>
    public void Post(SendOrPostCallback callback, object? state) => _scheduler.Post(_host.Name, callback, state, this);

    /// <summary>As <see cref="Post"/>, for what goes with one of its operations. After its end it is called by other code that uses its connection, and still runs.</summary>
    public void Schedule(Action<object?> callback, object? state)
    {
        if (Life == ScopeState.Dead)
        {
            _scheduler.Post(_host.Name, callback.Invoke, state);
        }
        else
        {
            Post(callback.Invoke, state);
        }
    }

    /// <summary>Makes code of the program ready, that its awaits come back to.</summary>
    public void StartHandler(Action<object?> callback, object? state) =>
        Context.Post(
            _execution is { } execution
                ? start => ExecutionContext.Run(execution, callback.Invoke, start)
                : callback.Invoke,
            state
        );

    /// <summary>Lets only code pass that has a host to run on.</summary>
    /// <exception cref="ConnectionException">The host is down, or was since.</exception>
    public void ThrowIfGone()
    {
        if (Life == ScopeState.Dead)
        {
            throw HasCrashed();
        }

        if (_host.State == HostState.Down)
        {
            throw new ConnectionException(ConnectionErrorKind.Aborted, $"The host '{_host.Name}' is down.");
        }
    }

    /// <summary>What its operations fail with.</summary>
    public ConnectionException HasCrashed() => _host.HasCrashed();

    private async Task RunAsync(Func<Task?> run)
    {
        try
        {
            await (
                run()
                ?? throw new InvalidOperationException(
                    $"The program of the host '{HostName}' returned null instead of a task."
                )
            ).ConfigureAwait(true);
        }
        catch (Exception error)
        {
            _host.ProgramFailed(error);
        }

        Life = Life == ScopeState.Dead ? Life : ScopeState.Ended;
    }
}
