using Deterministic.Faults;
using Deterministic.Faults.Engine;
using Deterministic.Faults.Timed;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Hosts;
using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation.Disruptions;

/// <summary>
/// Injects the faults that strike at points in time: waits for the time of a rule, has the fault planned, begins it and ends it.
/// </summary>
/// <remarks>
/// Its waiting does not keep a world alive: where nothing else is going to happen, a program that waits is deadlocked, however many faults are still to come. What a fault has to undo does keep it alive,
/// since the program may be waiting for that. Where all that is left is what faults undo, no repeated fault strikes: one after the other would hide a deadlock.
/// </remarks>
internal sealed class DisruptionScheduler
{
    /// <summary>The owner of its items, and the host of its events in the trace.</summary>
    public const string Owner = "faults";

    private readonly WorldContext _world;
    private readonly SimulatedNetwork _network;
    private readonly TimedFaultPlanner _planner;
    private readonly DisruptionSteps _steps;

    /// <summary>What is to be undone, oldest first.</summary>
    private readonly List<ActiveDisruption> _active = [];
    private readonly List<SimulationTimer> _timers = [];

    /// <summary>Rules that strike once and had no target: the next host, or the next program, may be one.</summary>
    private readonly List<SimulationTimer> _withoutTarget = [];
    private DisruptionSchedulerState _state;

    public DisruptionScheduler(WorldContext world, SimulatedNetwork network)
    {
        _world = world;
        _network = network;
        _steps = new DisruptionSteps(network);
        _planner = new TimedFaultPlanner(
            new TargetSelector(() => network.Hosts.Select(static host => host.Name), world.Choices),
            world.Choices,
            HasRunningProgram
        );
    }

    /// <summary>A host was added. The first one starts the rules: before, there is no target.</summary>
    public void HostAdded()
    {
        if (_state != DisruptionSchedulerState.Idle)
        {
            FindTargets();
            return;
        }

        _state = DisruptionSchedulerState.Active;
        foreach (ActiveRule rule in _world.Injector.AtTimes)
        {
            SimulationTimer timer = null!;
            timer = _world.Scheduler.CreateBackgroundTimer(Owner, _ => OnTimer(rule, timer));
            _timers.Add(timer);
            timer.ArmAt(FaultSchedule.First(rule.Rule, _world.Choices, _world.Faults.CalmTime));
        }
    }

    /// <summary>There may be a target that was not there before.</summary>
    public void FindTargets()
    {
        foreach (SimulationTimer timer in _withoutTarget)
        {
            timer.ArmAfter(TimeSpan.Zero);
        }

        _withoutTarget.Clear();
    }

    /// <summary>From now on no fault strikes, and all that is done is undone.</summary>
    public void Stop()
    {
        _state = DisruptionSchedulerState.Stopped;
        foreach (SimulationTimer timer in _timers)
        {
            timer.Cancel();
        }

        _withoutTarget.Clear();
        foreach (ActiveDisruption disruption in _active.ToArray())
        {
            End(disruption);
        }
    }

    private void OnTimer(ActiveRule rule, SimulationTimer timer)
    {
        TimeSpan now = _world.Scheduler.Now;
        bool again = rule.Rule.Trigger.Kind == FaultTriggerKind.Every;
        if (rule.IsOpen(now) && !(again && IsAllThatIsLeft()) && !TryStrike(rule) && !again)
        {
            _withoutTarget.Add(timer);
        }

        if (again && !rule.IsSpent(now))
        {
            timer.ArmAfter(
                FaultSchedule.Pause(rule.Rule, _world.Choices, now - rule.Rule.Begin, _world.Faults.CalmTime)
            );
        }
    }

    /// <returns>Whether there was a target.</returns>
    private bool TryStrike(ActiveRule rule)
    {
        if (_planner.Plan(rule.Rule) is not { } fault)
        {
            return false;
        }

        rule.CountStrike();
        ActiveDisruption disruption = new(_world.Scheduler, fault, _steps.Of(fault), End);
        Record(TraceKind.Fault, fault, (long)fault.Lasts.GetValueOrDefault().TotalMicroseconds);
        if (disruption.IsUndoable)
        {
            _active.Add(disruption);
        }

        disruption.Begin();
        return true;
    }

    private void End(ActiveDisruption disruption)
    {
        if (_active.Remove(disruption))
        {
            Record(TraceKind.Healed, disruption.Fault);
            disruption.End();
        }
    }

    /// <summary>Whether nothing else is going to happen than what faults undo.</summary>
    private bool IsAllThatIsLeft() =>
        _world.Scheduler.ReadyCount == 0
        && _world.Scheduler.ForegroundCount <= _active.Sum(static disruption => disruption.PendingItems);

    /// <summary>Only programs can be stopped: a host without one is never a target of that.</summary>
    private bool HasRunningProgram(string name) =>
        _network.Hosts.Any(host =>
            host is { HasProgram: true, State: HostState.Running }
            && string.Equals(host.Name, name, StringComparison.Ordinal)
        );

    private void Record(TraceKind kind, TimedFault fault, long microseconds = 0) =>
        _world.Trace.Record(_world.Scheduler.Now, fault.Target, 0, kind, microseconds, fault.Rule.Descriptor.Name);
}
