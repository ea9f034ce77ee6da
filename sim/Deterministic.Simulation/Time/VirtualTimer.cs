namespace Deterministic.Simulation;

/// <summary>
/// A timer as the system's are: after <see cref="Change"/> a tick that was due already still comes, after <see cref="Dispose"/> it
/// doesn't, and each tick runs in the execution context that the timer was created in.
/// </summary>
internal sealed class VirtualTimer : ITimer
{
    private static readonly ContextCallback RunCallback = static timer => ((VirtualTimer)timer!).Invoke();

    private readonly SimulationScheduler _scheduler;
    private readonly SimulationTimer _timer;
    private readonly TimerCallback _callback;
    private readonly object? _callbackState;
    private readonly ExecutionContext? _execution = ExecutionContext.Capture();
    private TimerState _state;

    public VirtualTimer(SimulationScheduler scheduler, string owner, TimerCallback callback, object? state)
    {
        _scheduler = scheduler;
        _timer = scheduler.CreateTimer(owner, static timer => ((VirtualTimer)timer!).Tick(), this);
        _callback = callback;
        _callbackState = state;
    }

    private enum TimerState
    {
        Usable,
        Disposed,
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        TimerArguments.Check(dueTime);
        TimerArguments.Check(period);
        _scheduler.VerifyAccess("ITimer.Change");
        if (_state == TimerState.Disposed)
        {
            return false;
        }

        if (TimerArguments.IsInfinite(dueTime))
        {
            _timer.Disarm();
        }
        else
        {
            // As with the system's timers, a period of zero is none.
            _timer.Restart(
                dueTime,
                TimerArguments.IsInfinite(period) || period < TimeSpan.Zero ? TimeSpan.Zero : period
            );
        }

        return true;
    }

    public void Dispose()
    {
        if (_scheduler.IsOnThread)
        {
            _state = TimerState.Disposed;
            _timer.Cancel();
        }
        else if (Thread.CurrentThread.IsThreadPoolThread)
        {
            _scheduler.ReportEscape("ITimer.Dispose");
        }

        // What remains is the finalizer's thread: a PeriodicTimer that was dropped disposes its timer there, at the whim of the garbage
        // collector. Neither heeding nor reporting it keeps the run the same each time, and throwing would end the process.
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Tick()
    {
        if (_execution is null)
        {
            Invoke();
        }
        else
        {
            ExecutionContext.Run(_execution, RunCallback, this);
        }
    }

    private void Invoke() => _callback(_callbackState);
}
