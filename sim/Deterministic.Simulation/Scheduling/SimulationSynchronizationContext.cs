using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Scheduling;

/// <summary>
/// Where the continuations of one owner's program go: each is an item of the scheduler and runs with this context current, so that
/// what it awaits comes back here too.
/// </summary>
/// <remarks>
/// Any thread may call the methods, but only to be caught: on a foreign thread <see cref="Post"/> records a
/// <see cref="SimulationEscapeException"/>, which stops the run, and drops the callback. It doesn't throw, since the thread pool would
/// answer with the end of the process.
/// </remarks>
public sealed class SimulationSynchronizationContext : SynchronizationContext, ISimulationContext
{
    private readonly SimulationScheduler _scheduler;

    internal SimulationSynchronizationContext(SimulationScheduler scheduler, string owner, ReadyGate? gate = null)
    {
        _scheduler = scheduler;
        Owner = owner;
        Gate = gate;

        // So that Wait is called for every call that would block.
        SetWaitNotificationRequired();
    }

    /// <summary>The owner of the program that runs here, such as a host's name.</summary>
    public string Owner { get; }

    /// <summary>Virtual time, without a host's skew and drift.</summary>
    public TimeProvider TimeProvider => field ??= new VirtualTimeProvider(_scheduler, Owner);

    /// <summary>Asked before each item whether it may run; null if they always may.</summary>
    internal ReadyGate? Gate { get; }

    /// <summary>Makes a callback ready to run, after all that is ready now or as the tape has it.</summary>
    /// <param name="d">The callback.</param>
    /// <param name="state">Its argument.</param>
    public override void Post(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);
        _scheduler.PostProgram(this, d, state);
    }

    /// <summary>Runs a callback at once.</summary>
    /// <param name="d">The callback.</param>
    /// <param name="state">Its argument.</param>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread, which would have to block; use <see cref="Post"/> inside.</exception>
    public override void Send(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);
        _scheduler.VerifyAccess("SynchronizationContext.Send");
        var previous = Current;
        SetSynchronizationContext(this);
        try
        {
            d(state);
        }
        finally
        {
            SetSynchronizationContext(previous);
        }
    }

    /// <summary>
    /// Called by the runtime when the program is about to block its thread. In a run that is refused, but for a lock: there is no other thread that could end the wait, and real time must not pass.
    /// </summary>
    /// <param name="waitHandles">What is waited for.</param>
    /// <param name="waitAll">Whether for all of them.</param>
    /// <param name="millisecondsTimeout">For how long; a look, with 0, is no wait.</param>
    /// <exception cref="SimulationEscapeException">The program would block.</exception>
    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        if (millisecondsTimeout != 0 && _scheduler.RunsHere && BlockingCalls.IsForAnEvent())
        {
            throw _scheduler.RefuseToBlock(EscapeSite.Here());
        }

        return base.Wait(waitHandles, waitAll, millisecondsTimeout);
    }

    /// <summary>The context itself: it holds nothing that a copy could keep apart.</summary>
    public override SynchronizationContext CreateCopy() => this;
}
