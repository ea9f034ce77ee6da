using Deterministic.Faults;
using Deterministic.Faults.Engine;
using Deterministic.Faults.Timed;

namespace Deterministic.Simulation.Disruptions;

/// <summary>
/// Injects faults at points in time: waits, picks targets, begins a disruption, and ends it. Its waiting does not keep a world alive: where nothing else is going to happen, a run in which
/// everybody waits is a deadlock, not the time until the next fault. What it has to undo does, since it may let go what somebody waits for; but where all wait for that alone,
/// nothing strikes again and again, or one fault after the other would keep a deadlock from being seen.
/// </summary>
internal sealed class Nemesis
{
    private readonly SimulatedWorld _world;
    private readonly DisruptionFactory _disruptions;

    /// <summary>What is to be undone, oldest first.</summary>
    private readonly List<ActiveDisruption> _done = [];
    private readonly List<SimulationTimer> _waiting = [];

    /// <summary>Those of rules that strike once and found nobody to strike: the next host, or the next program, may be their target.</summary>
    private readonly List<SimulationTimer> _owed = [];
    private NemesisState _state;

    public Nemesis(SimulatedWorld world)
    {
        _world = world;
        _disruptions = new DisruptionFactory(world);
    }

    /// <summary>There is one more host. With the first one it begins, since before that there is nothing to strike.</summary>
    public void Begin()
    {
        if (_state == NemesisState.Idle)
        {
            _state = NemesisState.Striking;
            BeginWaiting();
            return;
        }

        FindVictims();
    }

    /// <summary>There may be somebody to strike who was not there before.</summary>
    public void FindVictims()
    {
        foreach (SimulationTimer timer in _owed)
        {
            timer.ArmAfter(TimeSpan.Zero);
        }

        _owed.Clear();
    }

    private void BeginWaiting()
    {
        foreach (ActiveRule rule in _world.Injector.AtTimes)
        {
            SimulationTimer timer = null!;
            timer = _world.Scheduler.CreateBackgroundTimer("nemesis", _ => Strike(rule, timer));
            _waiting.Add(timer);
            timer.ArmAt(FaultSchedule.First(rule.Rule, _world.Choices, _world.Faults.CalmTime));
        }
    }

    /// <summary>From now on it strikes no more, and all that it has done is undone.</summary>
    public void Stop()
    {
        _state = NemesisState.Stopped;
        foreach (SimulationTimer timer in _waiting)
        {
            timer.Cancel();
        }

        _owed.Clear();
        foreach (ActiveDisruption struck in _done.ToArray())
        {
            Undo(struck);
        }
    }

    private void Strike(ActiveRule rule, SimulationTimer timer)
    {
        TimeSpan now = _world.Scheduler.Now;
        bool again = rule.Rule.Trigger.Kind == FaultTriggerKind.Every;
        if (rule.IsOpen(now) && !(again && WaitsForItself()))
        {
            Strike(rule, timer, again);
        }

        if (again && !rule.IsSpent(now))
        {
            timer.ArmAfter(
                FaultSchedule.Pause(rule.Rule, _world.Choices, now - rule.Rule.Begin, _world.Faults.CalmTime)
            );
        }
    }

    private void Strike(ActiveRule rule, SimulationTimer timer, bool again)
    {
        if (_disruptions.Create(rule.Rule) is { } disruption)
        {
            rule.CountStrike();
            Do(new ActiveDisruption(rule.Rule.Descriptor.Name, disruption));
        }
        else if (!again)
        {
            _owed.Add(timer);
        }
    }

    private void Do(ActiveDisruption struck)
    {
        Record(TraceKind.Fault, struck);
        struck.Disruption.Do();
        if (struck.Disruption.Remains)
        {
            return;
        }

        _done.Add(struck);
        if (struck.Disruption.Lasts is { } time)
        {
            _world.Scheduler.ScheduleAfter(
                time,
                struck.Disruption.Victim,
                state => Undo((ActiveDisruption)state!),
                struck
            );
        }
    }

    private void Undo(ActiveDisruption struck)
    {
        if (_done.Remove(struck))
        {
            Record(TraceKind.Healed, struck);
            struck.Disruption.Undo();
        }
    }

    /// <summary>Whether nothing is going to happen but what it undoes.</summary>
    private bool WaitsForItself()
    {
        SimulationScheduler scheduler = _world.Scheduler;
        return scheduler.ReadyCount == 0 && scheduler.ForegroundCount <= _done.Sum(struck => struck.Disruption.Timers);
    }

    private void Record(TraceKind kind, ActiveDisruption struck) =>
        _world.Trace.Record(
            _world.Scheduler.Now,
            struck.Disruption.Victim,
            0,
            kind,
            kind == TraceKind.Fault ? (long)(struck.Disruption.Lasts ?? TimeSpan.Zero).TotalMicroseconds : 0,
            struck.Fault
        );
}
