using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation.Programs;

/// <summary>
/// The processor of one host: its code runs one piece at a time, and only while the processor is free. While it is free this costs a look at a state; while it is busy or stopped, what
/// wants to run waits, first come, first served.
/// </summary>
internal sealed class VirtualCpu
{
    private readonly SimulationScheduler _scheduler;
    private readonly SimulationTimer _timer;
    private readonly Queue<ReadyItem> _waiting = new();

    /// <summary>What faults make each piece of code cost.</summary>
    private readonly List<TimeSpan> _faults = [];
    private ProcessorState _state;
    private TimeSpan _due;

    /// <summary>While it is stopped: what was left of what it was busy with.</summary>
    private TimeSpan _left;

    /// <summary>What it computes; null while it is busy with a mere step, and while it is not.</summary>
    private Computation? _computation;

    public VirtualCpu(SimulationScheduler scheduler, string host)
    {
        _scheduler = scheduler;
        _timer = scheduler.CreateTimer(host, static state => ((VirtualCpu)state!).Finish(), this);
    }

    private enum ProcessorState
    {
        Free,
        Busy,
        Stopped,
    }

    /// <summary>What each piece of code costs, as the scenario has asked; more if a fault is worse.</summary>
    public TimeSpan StepTime { get; set; }

    private TimeSpan Cost =>
        _faults.Count == 0 ? StepTime : TimeSpan.FromTicks(Math.Max(StepTime.Ticks, _faults.Max().Ticks));

    /// <summary>A fault makes each piece cost this, until <see cref="EndFault"/> or a crash.</summary>
    public void BeginFault(TimeSpan stepTime) => _faults.Add(stepTime);

    public void EndFault(TimeSpan stepTime) => _faults.Remove(stepTime);

    /// <returns>False if it has to wait.</returns>
    public bool Admits(in ReadyItem item)
    {
        if (_state != ProcessorState.Free)
        {
            _waiting.Enqueue(item);
            return false;
        }

        if (Cost > TimeSpan.Zero)
        {
            Begin(Cost);
        }

        return true;
    }

    /// <summary>Computes as soon as the processor is free. Called by code that runs, or as its item: what a step costs is then part of it.</summary>
    public void Compute(Computation computation)
    {
        _computation = computation;
        Begin(computation.Time);
    }

    public void Stop()
    {
        _left = _state == ProcessorState.Busy ? _due - _scheduler.Now : TimeSpan.Zero;
        _timer.Cancel();
        _state = ProcessorState.Stopped;
    }

    public void Resume()
    {
        if (_left > TimeSpan.Zero)
        {
            Begin(_left);
        }
        else
        {
            Finish();
        }
    }

    /// <summary>As after a crash: nothing is computed any more, and the scenario's own code, which has no part in it, need not wait.</summary>
    public void Clear()
    {
        StepTime = TimeSpan.Zero;
        _faults.Clear();
        _timer.Cancel();
        _state = ProcessorState.Free;
        Computation? ended = _computation;
        _computation = null;
        ended?.Crash();
        Release();
    }

    private void Begin(TimeSpan time)
    {
        _state = ProcessorState.Busy;
        _due = _scheduler.Now + time;
        _timer.ArmAt(_due);
    }

    /// <summary>What has waited for this continues first, then what else waits.</summary>
    private void Finish()
    {
        _state = ProcessorState.Free;
        Computation? finished = _computation;
        _computation = null;
        finished?.Finish();
        Release();
    }

    /// <summary>Where each piece costs time, one at a time; otherwise all are ready again, in whichever order the tape has them run.</summary>
    private void Release()
    {
        while (_state == ProcessorState.Free && _waiting.TryDequeue(out ReadyItem item))
        {
            if (Cost > TimeSpan.Zero)
            {
                _scheduler.RunItem(item);
            }
            else
            {
                _scheduler.PostAgain(item);
            }
        }
    }
}
