using System.Runtime.CompilerServices;
using Deterministic.Simulation.Errors;

namespace Deterministic.Simulation.Scheduling;

/// <summary>
/// A timer as the system's are: after <see cref="Change"/> a tick that was due already still comes, after <see cref="Dispose"/> it
/// doesn't, and each tick runs in the execution context that the timer was created in.
/// </summary>
internal sealed class VirtualTimer : ITimer
{
    private static readonly ContextCallback RunCallback = static timer => ((VirtualTimer)timer!).Invoke();

    private readonly HostClock _clock;
    private readonly SimulationTimer _timer;
    private readonly LinkedListNode<VirtualTimer> _place;
    private readonly TimerCallback _callback;
    private readonly object? _callbackState;
    private readonly ExecutionContext? _execution = ExecutionContext.Capture();

    /// <summary>
    /// Where an async callback runs; null for any other, which runs with no current context as the world's items do. It returns nothing, so that what it throws goes to its context:
    /// with none the runtime throws it on the thread pool, which ends the process.
    /// </summary>
    private readonly SynchronizationContext? _context;
    private TimerState _state;

    /// <summary>What the host's clock must show for the next tick.</summary>
    private long _due;

    /// <summary>In ticks of the host's clock; 0 for none.</summary>
    private long _period;

    public VirtualTimer(HostClock clock, TimerCallback callback, object? state)
    {
        _clock = clock;
        Gate = clock.GateHere;
        _timer = clock.CreateTimer(static timer => ((VirtualTimer)timer!).Tick(), this);
        _place = new LinkedListNode<VirtualTimer>(this);
        _callback = callback;
        _callbackState = state;
        _context = HasAsyncBody(callback) ? clock.ContextFor(Gate) : null;
    }

    private enum TimerState
    {
        Usable,
        Disposed,
    }

    /// <summary>The program that it belongs to; null for the scenario's, on the time of the world.</summary>
    public ReadyGate? Gate { get; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        TimerArguments.Check(dueTime);
        TimerArguments.Check(period);
        _clock.VerifyAccess("ITimer.Change");
        if (_state == TimerState.Disposed || Gate is { IsDead: true })
        {
            return false;
        }

        if (TimerArguments.IsInfinite(dueTime))
        {
            _period = 0;
            _timer.Disarm();
            _clock.Remove(_place);
        }
        else
        {
            // As with the system's timers, a period of zero is none.
            _period = TimerArguments.IsInfinite(period) ? 0 : Math.Max(0, period.Ticks);
            Arm(_clock.Timestamp + Math.Max(0, dueTime.Ticks));
        }

        return true;
    }

    public void Dispose()
    {
        if (_clock.IsOnThread)
        {
            _state = TimerState.Disposed;
            _timer.Cancel();
            _clock.Remove(_place);
        }
        else if (Thread.CurrentThread.IsThreadPoolThread)
        {
            _clock.ReportEscape("ITimer.Dispose");
        }

        // What remains is the finalizer's thread: a PeriodicTimer that was dropped disposes its timer there, at the whim of the garbage
        // collector. Neither heeding nor reporting it keeps the run the same each time, and throwing would end the process.
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The clock runs at another rate from now on. What is due already stays so.</summary>
    public void Reschedule()
    {
        if (_timer.IsArmed)
        {
            _timer.Restart(_clock.WorldAt(_due));
        }
    }

    private void Arm(long due)
    {
        _due = due;
        _clock.Add(_place);
        _timer.Restart(_clock.WorldAt(due));
    }

    private void Tick()
    {
        if (Gate is null || Gate.Enters(static timer => ((VirtualTimer)timer!).TickNow(), this))
        {
            TickNow();
        }
    }

    private void TickNow()
    {
        if (_state == TimerState.Disposed)
        {
            return;
        }

        // Armed again already if it was changed after it had become due.
        if (!_timer.IsArmed)
        {
            _clock.Remove(_place);
            ArmForNextPeriod();
        }

        if (_execution is null)
        {
            Invoke();
        }
        else
        {
            ExecutionContext.Run(_execution, RunCallback, this);
        }
    }

    /// <summary>The next multiple of the period that is still to come: ticks that could not run in time are left out, not made up for.</summary>
    private void ArmForNextPeriod()
    {
        if (_period > 0)
        {
            long late = _clock.Timestamp - _due;
            Arm(_due + (_period * ((late / _period) + 1)));
        }
    }

    /// <summary>The platform has no such callbacks, and makes nearly all timers.</summary>
    private static bool HasAsyncBody(TimerCallback callback) =>
        callback.Method.Module.Assembly != typeof(Task).Assembly
        && callback.Method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false);

    /// <remarks>Stays on the stack, where <see cref="SimulatorErrors"/> looks for it.</remarks>
    [CallsProgram]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private void Invoke()
    {
        if (_context is null)
        {
            _callback(_callbackState);
            return;
        }

        SynchronizationContext? previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        try
        {
            _callback(_callbackState);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(previous);
        }
    }
}
