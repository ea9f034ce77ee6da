using System.Globalization;

namespace Deterministic.Simulation.Scheduling;

/// <summary>
/// The clock of one host: how fast its time runs, and what its wall clock says. A <see cref="VirtualTimeProvider"/> shows it to programs.
/// </summary>
/// <remarks>
/// Drift concerns everything that the host measures: the wall clock, timestamps, and how long timers take. A step concerns the wall clock alone, as on a machine of which the
/// clock is set: timestamps and timers are monotonic. For the simulator's thread only.
/// </remarks>
public sealed class HostClock
{
    /// <summary>No clock of a machine is off by more than this fraction, and time must pass.</summary>
    internal const int MostPartsPerMillion = 500_000;

    /// <summary>Keeps the wall clock within what a <see cref="DateTimeOffset"/> can say, from <see cref="VirtualTimeProvider.Epoch"/> either way.</summary>
    private static readonly TimeSpan MostSet = TimeSpan.FromDays(365_000);

    private readonly ClockScale _scale = new();
    private readonly SimulationScheduler _scheduler;
    private readonly string _host;
    private readonly Trace? _trace;
    private readonly Func<ReadyGate>? _gateHere;

    /// <summary>Those that are to tick, in the order in which they were armed.</summary>
    private readonly LinkedList<VirtualTimer> _armed = [];

    /// <summary>By how much the wall clock was set, in all.</summary>
    private TimeSpan _set;

    /// <summary>What faults add to the drift, in all.</summary>
    private long _faultDrift;

    internal HostClock(
        SimulationScheduler scheduler,
        string host,
        Trace? trace = null,
        Func<ReadyGate>? gateHere = null
    )
    {
        _gateHere = gateHere;
        _scheduler = scheduler;
        _host = host;
        _trace = trace;
    }

    /// <summary>By how much the wall clock is ahead of the world's time now: all its steps, and what drift has added.</summary>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public TimeSpan Skew
    {
        get
        {
            _scheduler.VerifyAccess("HostClock.Skew");
            return _set + new TimeSpan(Timestamp) - _scheduler.Now;
        }
    }

    /// <summary>How much faster than the world the clock runs, in millionths; negative for slower. 0.</summary>
    /// <remarks>
    /// A change holds from now on: time that has passed has passed. A timer that is armed still ticks when the clock has moved on by what it was armed for, so what is left of
    /// its time is measured at the new rate. What faults do to the clock comes on top, and is not told here.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from -500,000 to 500,000.</exception>
    /// <exception cref="SimulationEscapeException">Set on a foreign thread.</exception>
    public int DriftPartsPerMillion
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, -MostPartsPerMillion);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MostPartsPerMillion);
            _scheduler.VerifyAccess("HostClock.DriftPartsPerMillion");
            field = value;
            SetRate();
        }
    }

    /// <summary>Sets the wall clock: forward, or back. Done at the start it makes a constant skew.</summary>
    /// <param name="by">How far; negative for back.</param>
    /// <exception cref="ArgumentOutOfRangeException">All steps together would be more than a thousand years.</exception>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public void Step(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(by, MostSet - _set);
        ArgumentOutOfRangeException.ThrowIfLessThan(by, -MostSet - _set);
        _scheduler.VerifyAccess("HostClock.Step");
        _set += by;
        Record((long)by.TotalMicroseconds, "clock step");
    }

    /// <summary>A fault begins or ends: on top of what the scenario asked for, and of other faults. All together stay within what a clock can do.</summary>
    internal void AddFaultDrift(long partsPerMillion)
    {
        _faultDrift += partsPerMillion;
        SetRate();
    }

    /// <summary>What the monotonic clock shows, in ticks.</summary>
    internal long Timestamp => _scale.LocalAt(_scheduler.Now.Ticks);

    /// <summary>What the wall clock shows.</summary>
    internal DateTimeOffset UtcNow => VirtualTimeProvider.Epoch + _set + new TimeSpan(Timestamp);

    /// <summary>When the monotonic clock will show a time, in the world's.</summary>
    internal TimeSpan WorldAt(long local) => new(_scale.WorldAt(local));

    /// <summary>The program that a timer belongs to that is made now: a host's, whatever clock it takes, or the scenario's on this host; null if no host is concerned.</summary>
    internal ReadyGate? GateHere => ReadyGate.Here ?? _gateHere?.Invoke();

    /// <summary>Where the continuations of a program go.</summary>
    internal SynchronizationContext ContextFor(ReadyGate? gate) => gate?.Context ?? _scheduler.Context;

    internal SimulationTimer CreateTimer(SendOrPostCallback callback, object state) =>
        _scheduler.CreateTimer(_host, callback, state);

    internal void VerifyAccess(string what) => _scheduler.VerifyAccess(what);

    internal bool IsOnThread => _scheduler.IsOnThread;

    internal void ReportEscape(string what) => _scheduler.ReportEscape(what);

    /// <summary>A timer is to tick; it goes behind those that are to already.</summary>
    internal void Add(LinkedListNode<VirtualTimer> timer)
    {
        Remove(timer);
        _armed.AddLast(timer);
    }

    internal void Remove(LinkedListNode<VirtualTimer> timer)
    {
        if (timer.List is not null)
        {
            _armed.Remove(timer);
        }
    }

    /// <summary>None of them ticks any more.</summary>
    internal void CancelTimersOf(ReadyGate gate)
    {
        for (LinkedListNode<VirtualTimer>? place = _armed.First; place is not null; )
        {
            VirtualTimer timer = place.Value;
            place = place.Next;
            if (timer.Gate == gate)
            {
                timer.Dispose();
            }
        }
    }

    private void SetRate()
    {
        int rate = (int)Math.Clamp(DriftPartsPerMillion + _faultDrift, -MostPartsPerMillion, MostPartsPerMillion);
        if (rate == _scale.PartsPerMillion)
        {
            return;
        }

        _scale.SetRate(rate, _scheduler.Now.Ticks);
        Record(0, string.Create(CultureInfo.InvariantCulture, $"clock drift of {rate} ppm"));
        foreach (VirtualTimer timer in _armed)
        {
            timer.Reschedule();
        }
    }

    private void Record(long microseconds, string text) =>
        _trace?.Record(_scheduler.Now, _host, 0, TraceKind.Fault, microseconds, text);
}
