using Deterministic.Simulation.Context;
using Deterministic.Simulation.Programs;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Transports;

/// <summary>A bound address of a simulated host: when it accepts, and what waits meanwhile.</summary>
/// <remarks>
/// While accepting is paused, connections are made all the same and wait in the backlog, as in a kernel; once resumed they are accepted in the order in which they came.
/// </remarks>
internal abstract class HostListener(WorldContext world, IProgramHost host, string name) : TransportListener
{
    private Action<Transport>? _accepted;
    private ListenerState _state;

    /// <summary>Whether connections are made here; what is only bound refuses.</summary>
    public bool IsListening => _state is ListenerState.Accepting or ListenerState.Paused;

    protected WorldContext World => world;

    protected IProgramHost Host => host;

    /// <summary>The program that owns it, and what it accepts.</summary>
    protected ProgramScope Scope { get; } = host.ScopeHere;

    /// <summary>Whether a connection waits to be accepted.</summary>
    protected abstract bool HasWaiting { get; }

    public override void Start(Action<Transport> accepted, Action<Exception> failed)
    {
        world.Scheduler.VerifyAccess("Listening in the simulation");
        if (_state == ListenerState.Crashed)
        {
            throw Scope.HasCrashed();
        }

        if (_state != ListenerState.Closed)
        {
            ThrowIfListenedOn();
            _accepted = accepted;
            _state = _state == ListenerState.BoundPaused ? ListenerState.Paused : ListenerState.Accepting;
            Record(TraceKind.Listening);
        }
    }

    public override void PauseAccepting()
    {
        world.Scheduler.VerifyAccess("Pausing a listener of the simulation");
        _state = _state switch
        {
            ListenerState.Bound => ListenerState.BoundPaused,
            ListenerState.Accepting => ListenerState.Paused,
            _ => _state,
        };
    }

    public override void ResumeAccepting()
    {
        world.Scheduler.VerifyAccess("Resuming a listener of the simulation");
        _state = _state switch
        {
            ListenerState.BoundPaused => ListenerState.Bound,
            ListenerState.Paused => ListenerState.Accepting,
            _ => _state,
        };
        if (HasWaiting)
        {
            Scope.Post(static state => ((HostListener)state!).AcceptWaitingNow(), this);
        }
    }

    public override void Close()
    {
        world.Scheduler.VerifyAccess("Closing a listener of the simulation");
        if (_state is not (ListenerState.Closed or ListenerState.Crashed))
        {
            _state = ListenerState.Closed;
            _accepted = null;
            LetGo();
            Record(TraceKind.StoppedListening);
            ResetWaiting();
        }
    }

    public override void Schedule(Action<object?> callback, object? state) => Scope.Schedule(callback, state);

    /// <summary>In the host's own context, so that the awaits of the handler come back to it.</summary>
    public override void StartHandler(Action<object?> callback, object? state) => Scope.StartHandler(callback, state);

    public override void ProgramFailed(Exception exception) => world.ReportUnhandled(exception, host.Name);

    /// <summary>The host is gone.</summary>
    public void Crash()
    {
        _state = ListenerState.Crashed;
        _accepted = null;
        LetGoInCrash();
    }

    /// <summary>Accepts those that wait, if it accepts at all: a program that is stopped does not, and they wait on. Called from items of the world only.</summary>
    protected void AcceptWaiting()
    {
        if (Scope.Enters(static state => ((HostListener)state!).AcceptWaitingNow(), this))
        {
            AcceptWaitingNow();
        }
    }

    private void AcceptWaitingNow()
    {
        while (_state == ListenerState.Accepting && HasWaiting)
        {
            _accepted!(AcceptOldest());
        }
    }

    /// <summary>Checks again that no other listener has the address.</summary>
    protected virtual void ThrowIfListenedOn() { }

    /// <summary>The one that has waited longest is a program's from here on.</summary>
    protected abstract Transport AcceptOldest();

    /// <summary>The address is free.</summary>
    protected abstract void LetGo();

    /// <summary>The address is free, and those that wait are gone.</summary>
    protected abstract void LetGoInCrash();

    /// <summary>They will not be accepted: each is reset. Clause S-CLOSE-01.</summary>
    protected abstract void ResetWaiting();

    private void Record(TraceKind kind) => world.Trace.Record(world.Scheduler.Now, host.Name, 0, kind, text: name);
}
