namespace Deterministic.Simulation;

/// <summary>
/// Strikes at points in time: waits, picks its victims, does its deed, and undoes it. Its waiting does not keep a world alive: where nothing else is going to happen, a run in which
/// everybody waits is a deadlock, not the time until the next fault. What it has to undo does.
/// </summary>
internal sealed class Nemesis
{
    private readonly SimulatedWorld _world;
    private readonly DeedFactory _deeds;

    /// <summary>What is to be undone, oldest first.</summary>
    private readonly List<Deed> _done = [];
    private readonly List<SimulationTimer> _waiting = [];
    private NemesisState _state;

    public Nemesis(SimulatedWorld world)
    {
        _world = world;
        _deeds = new DeedFactory(world);
    }

    /// <summary>Begins with the first host, since before that there is nothing to strike.</summary>
    public void Begin()
    {
        if (_state != NemesisState.Idle)
        {
            return;
        }

        _state = NemesisState.Striking;
        foreach (ArmedRule rule in _world.Injector.AtTimes)
        {
            SimulationTimer timer = null!;
            timer = _world.Scheduler.CreateBackgroundTimer("nemesis", _ => Strike(rule, timer));
            _waiting.Add(timer);
            timer.ArmAt(FirstTime(rule.Rule));
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

        foreach (Deed deed in _done)
        {
            deed.Undo();
        }

        _done.Clear();
    }

    private void Strike(ArmedRule rule, SimulationTimer timer)
    {
        if (rule.TryStrikeNow(_world.Scheduler.Now) && _deeds.Create(rule.Rule) is { } deed)
        {
            Do(deed);
        }

        if (rule.Rule.Trigger.Kind == FaultTriggerKind.Every && !rule.IsSpent(_world.Scheduler.Now))
        {
            timer.ArmAfter(Pause(rule.Rule));
        }
    }

    private void Do(Deed deed)
    {
        deed.Do();
        if (deed.Lasts is { } time)
        {
            _done.Add(deed);
            _world.Scheduler.ScheduleAfter(time, deed.Victim, state => Undo((Deed)state!), deed);
        }
    }

    private void Undo(Deed deed)
    {
        if (_done.Remove(deed))
        {
            deed.Undo();
        }
    }

    private TimeSpan FirstTime(FaultRule rule) =>
        rule.Trigger.Kind switch
        {
            FaultTriggerKind.At => rule.Trigger.Time,
            FaultTriggerKind.Every => rule.Begin + Pause(rule),
            _ => rule.Begin,
        };

    /// <summary>From twice the mean down to a microsecond: choice 0 is the latest.</summary>
    private TimeSpan Pause(FaultRule rule)
    {
        int longest = (int)(2 * rule.Trigger.Time).TotalMicroseconds;
        return TimeSpan.FromMicroseconds(longest - _world.Choices.Choose(ChoiceKind.Fault, longest));
    }
}
