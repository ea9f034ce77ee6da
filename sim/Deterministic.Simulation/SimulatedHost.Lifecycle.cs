using System.Runtime.ExceptionServices;
using Deterministic.Core;
using Deterministic.Simulation.Hosts;
using Deterministic.Simulation.Programs;
using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation;

/// <content>Its life: the program that runs on it, and its lifecycle.</content>
public sealed partial class SimulatedHost
{
    private readonly VirtualCpu _processor;
    private readonly ProgramScope _scenario;
    private ProgramScope? _running;
    private Func<SimulatedHost, Task>? _program;

    /// <summary>How it stands.</summary>
    public HostState State { get; private set; }

    /// <summary>Whether it has a program of its own, which is started anew after a crash.</summary>
    public bool HasProgram => _program is not null;

    /// <summary>1 at first, and one more each time that it comes up again, or that a program follows another.</summary>
    public int Incarnation { get; private set; } = 1;

    /// <summary>
    /// Runs a program on the host: its code, and all that it starts, is the host's, is stopped with it and ends with it. A host that is down comes up first.
    /// </summary>
    /// <remarks>
    /// What the program keeps in objects of its own is gone with a crash. What shall survive one, such as a disk, is an object that the scenario makes and hands in: see
    /// <see cref="Start{TState}"/>. A program that throws ends the run, with the host's name; one that returns leaves what it has started going on.
    /// </remarks>
    /// <param name="program">Called anew after each crash. Give it nothing that a crash should have wiped out.</param>
    /// <exception cref="InvalidOperationException">A program runs here already.</exception>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public void Start(Func<SimulatedHost, Task> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        Verify();
        if (_running is { Life: ScopeState.Alive })
        {
            throw new InvalidOperationException(
                $"The host '{Name}' runs a program already: start all of it from one program, or crash the host first."
            );
        }

        bool isNew = State != HostState.Down && _running is null;
        _program = program;
        Incarnation += isNew ? 0 : 1;
        Move(HostInput.Start);
        Launch();
    }

    /// <summary>As the other, with what survives a crash: a disk, say.</summary>
    /// <typeparam name="TState">What survives.</typeparam>
    /// <param name="program">Called anew after each crash, with the same <paramref name="state"/>.</param>
    /// <param name="state">Handed to each run of the program as the last one left it.</param>
    /// <exception cref="InvalidOperationException">A program runs here already.</exception>
    public void Start<TState>(Func<SimulatedHost, TState, Task> program, TState state)
    {
        ArgumentNullException.ThrowIfNull(program);
        Start(host => program(host, state));
    }

    /// <summary>
    /// The host is gone at once, and all it had with it: its program never runs again, its connections and listeners are gone and its ports free. Files of Unix sockets stay.
    /// Nothing if it is down.
    /// </summary>
    /// <remarks>
    /// What the scenario's own code holds on this host (a connection that it opened from here, say) fails with a <see cref="ConnectionException"/> of kind
    /// <see cref="ConnectionErrorKind.Aborted"/>. A <see cref="Throttle"/> ends.
    /// </remarks>
    /// <param name="style">What the peers hear of it.</param>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public void Crash(CrashStyle style = CrashStyle.Silent)
    {
        Verify();
        if (!Move(HostInput.Crash))
        {
            return;
        }

        Record(TraceKind.HostStopped, style == CrashStyle.Reset ? "crash, with resets" : "crash");
        if (_running is { } gone)
        {
            gone.Kill();
            Clock.CancelTimersOf(gone);
        }

        Tcp.Crash(style);
        Unix.Crash();
        _processor.Clear();
    }

    /// <summary>Comes up again, and starts its program anew if it had one. Nothing if it is not down.</summary>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public void Restart()
    {
        Verify();
        if (!Move(HostInput.Start))
        {
            return;
        }

        Incarnation++;
        if (_program is null)
        {
            Record(TraceKind.HostStarted, "again");
        }
        else
        {
            Launch();
        }
    }

    /// <summary>Crashes, and comes up again some time later.</summary>
    /// <param name="down">For how long it is down.</param>
    /// <param name="style">What the peers hear of the crash.</param>
    /// <returns>A handle that keeps it from coming up.</returns>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public ScheduledItem Bounce(TimeSpan down, CrashStyle style = CrashStyle.Silent)
    {
        Crash(style);
        return _world.Scheduler.ScheduleAfter(down, Name, static host => ((SimulatedHost)host!).Restart(), this);
    }

    /// <summary>
    /// Stops the program, as SIGSTOP does: nothing of it runs until <see cref="Resume"/>. Its kernel keeps running: it makes connections and acknowledges, up to the size of backlogs and buffers.
    /// Timers that come due meanwhile tick then, each once. Nothing if it is down.
    /// </summary>
    /// <remarks>The same goes for what the scenario's own code does through this host.</remarks>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public void Pause()
    {
        Verify();
        if (Move(HostInput.Pause))
        {
            Record(TraceKind.HostPaused);
            _processor.Stop();
        }
    }

    /// <summary>As <see cref="Pause()"/>, for a time.</summary>
    /// <param name="time">After this it continues, even if it was paused again meanwhile.</param>
    /// <returns>A handle that keeps it from going on.</returns>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public ScheduledItem Pause(TimeSpan time)
    {
        Pause();
        return _world.Scheduler.ScheduleAfter(time, Name, static host => ((SimulatedHost)host!).Resume(), this);
    }

    /// <summary>The program continues after a <see cref="Pause()"/>. Does nothing if it is not paused.</summary>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public void Resume()
    {
        Verify();
        if (Move(HostInput.Resume))
        {
            Record(TraceKind.HostResumed);
            _processor.Resume();
            _world.Disruptions.FindTargets();
        }
    }

    /// <summary>
    /// Makes the host slow: each step of its program costs time, in which nothing else of the program runs. A step is what the world wakes the program for: a continuation, a handler
    /// that starts, a tick of a timer, a result from the network.
    /// </summary>
    /// <param name="stepTime">What a step costs, in the world's time; zero for a host as fast as any.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public void Throttle(TimeSpan stepTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stepTime, TimeSpan.Zero);
        Verify();
        _processor.StepTime = stepTime;
    }

    /// <summary>
    /// Charges for computing: time passes in which nothing of the host's program runs. What several ask for at once is computed one after the other. A <see cref="Throttle"/> adds nothing to it.
    /// </summary>
    /// <param name="time">How long it takes, in the world's time; a pause comes on top.</param>
    /// <returns>Ends when it is done.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <exception cref="ConnectionException">The host is down, or crashes meanwhile: only the scenario's own code is left to hear of that.</exception>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public Task ComputeAsync(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        Verify();
        ProgramScope scope = ScopeHere;
        return time == TimeSpan.Zero ? Task.CompletedTask : new Computation(_processor, scope, time).RunAsync();
    }

    /// <summary>The program whose code runs now, or the scenario's own code on this host.</summary>
    internal ProgramScope ScopeHere => ProgramScope.Of(this) ?? _scenario;

    VirtualCpu IHost.Processor => _processor;

    ProgramScope IProgramHost.ScopeHere => ScopeHere;

    ConnectionException IProgramHost.HasCrashed() =>
        new(ConnectionErrorKind.Aborted, $"The host '{Name}' has crashed.");

    void IProgramHost.ProgramFailed(Exception error)
    {
        Record(TraceKind.Exception, $"{error.GetType().Name}: {error.Message}");
        _world.Scheduler.Post(Name, static error => ExceptionDispatchInfo.Throw((Exception)error!), error);
    }

    private void Launch()
    {
        Record(TraceKind.HostStarted, $"program, incarnation {Incarnation}");
        _running = new ProgramScope(_world.Scheduler, this, _processor);
        Func<SimulatedHost, Task> program = _program!;
        _running.Start(program, () => program(this));
        _world.Disruptions.FindTargets();
    }

    private bool Move(HostInput input)
    {
        HostState before = State;
        State = HostTransitions.After(before, input);
        return State != before;
    }

    private void Record(TraceKind kind, string text = "") =>
        _world.Trace.Record(_world.Scheduler.Now, Name, 0, kind, text: text);

    private void Verify() => _world.Scheduler.VerifyAccess("Changing a host of the simulation");
}
