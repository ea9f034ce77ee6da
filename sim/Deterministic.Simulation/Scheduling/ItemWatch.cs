using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Deterministic.Simulation.Scheduling;

/// <summary>
/// Watches the thread of one run from outside, in real time, and ends an item that does not end by itself: one that waits (the waits that the program's context cannot refuse: those of the
/// world's items, which have no context, and <c>Thread.Sleep</c>) is interrupted; for one that computes the process ends with a message, since .NET can't stop a thread that does not wait.
/// </summary>
internal sealed class ItemWatch : IDisposable
{
    /// <summary>How often a thread is checked: often enough for any limit worth setting, and seldom enough to cost nothing.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private static readonly object Gate = new();
    private static readonly List<ItemWatch> Watched = [];
    private static Thread? _watcher;
    private static WatcherState _watcherState;

    private readonly Thread _thread = Thread.CurrentThread;
    private readonly SimulationScheduler _scheduler;
    private readonly ThreadGuard _guard;
    private readonly RunLimits _limits;
    private long _steps = -1;
    private TimeSpan _blocked;
    private TimeSpan _inItem;
    private WatchState _state;

    private ItemWatch(SimulationScheduler scheduler, ThreadGuard guard, RunLimits limits)
    {
        _scheduler = scheduler;
        _guard = guard;
        _limits = limits;
    }

    private enum WatcherState
    {
        /// <summary>Wakes up at each interval: a run that begins and ends in between costs nothing.</summary>
        Polling,

        /// <summary>Nothing is run; the next run wakes it.</summary>
        Asleep,
    }

    private enum WatchState
    {
        Watching,
        Interrupted,
        Ended,
    }

    /// <summary>Watches the calling thread, until disposed of there.</summary>
    /// <param name="scheduler">What it runs.</param>
    /// <param name="guard">Where the error is recorded.</param>
    /// <param name="limits">How long one item may wait and run.</param>
    public static ItemWatch? Begin(SimulationScheduler scheduler, ThreadGuard guard, RunLimits limits)
    {
        if (limits.BlockingGrace == Timeout.InfiniteTimeSpan && limits.ItemTime == Timeout.InfiniteTimeSpan)
        {
            return null;
        }

        ItemWatch watch = new(scheduler, guard, limits);
        lock (Gate)
        {
            Watched.Add(watch);
            if (_watcher is null)
            {
                _watcher = new Thread(Watch) { IsBackground = true, Name = "Deterministic.Simulation watch" };
                _watcher.UnsafeStart();
            }

            if (_watcherState == WatcherState.Asleep)
            {
                Monitor.Pulse(Gate);
            }
        }

        return watch;
    }

    public void Dispose()
    {
        Leave();
        if (_state == WatchState.Interrupted)
        {
            AppDomain.CurrentDomain.FirstChanceException -= OnThrown;
            TakeInterrupt();
            _guard.Record(EscapeMessages.Of(EscapeCause.BlockingWait, "A wait", place: null));
        }
    }

    private void Leave()
    {
        try
        {
            Remove();
        }
        catch (ThreadInterruptedException)
        {
            // It came late, and ended the wait for the lock.
            Remove();
        }
    }

    private void Remove()
    {
        lock (Gate)
        {
            Watched.Remove(this);
        }
    }

    private static void Watch()
    {
        lock (Gate)
        {
            while (true)
            {
                if (Watched.Count == 0)
                {
                    _watcherState = WatcherState.Asleep;
                    Monitor.Wait(Gate);
                    _watcherState = WatcherState.Polling;
                }

                Monitor.Wait(Gate, Interval);
                Watched.ForEach(static watch => watch.CheckLocked());
            }
        }
    }

    /// <summary>Under the lock, so that the run cannot end meanwhile.</summary>
    private void CheckLocked()
    {
        long steps = _scheduler.StepsSeenFromOutside;
        bool sameItem = steps == _steps;
        bool waits = sameItem && _thread.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin);
        _steps = steps;
        _inItem = sameItem ? _inItem + Interval : TimeSpan.Zero;
        _blocked = waits ? _blocked + Interval : TimeSpan.Zero;
        if (_state == WatchState.Watching && IsPast(_blocked, _limits.BlockingGrace))
        {
            Interrupt();
        }
        else if (_state != WatchState.Ended && IsPast(_inItem, _limits.ItemTime) && !Debugger.IsAttached)
        {
            _state = WatchState.Ended;
            (_limits.OnEndlessItem ?? Environment.FailFast)(EscapeMessages.OfEndlessItem(_limits.ItemTime, _scheduler));
        }
    }

    private static bool IsPast(TimeSpan time, TimeSpan limit) => limit != Timeout.InfiniteTimeSpan && time > limit;

    private void Interrupt()
    {
        _state = WatchState.Interrupted;
        AppDomain.CurrentDomain.FirstChanceException += OnThrown;
        _thread.Interrupt();
    }

    /// <summary>Called on the thread that throws: the interrupted one is still where it waited, so that its stack is known.</summary>
    private void OnThrown(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (thrown.Exception is ThreadInterruptedException && Thread.CurrentThread == _thread)
        {
            EscapeSite site = EscapeSite.Here();
            _guard.Record(EscapeMessages.Of(EscapeCause.BlockingWait, site.Call, site.Place));
        }
    }

    /// <summary>If the wait ended just before the interrupt came, the interrupt would end the next wait of this thread, whichever that is.</summary>
    private static void TakeInterrupt()
    {
        try
        {
            Thread.Sleep(1);
        }
        catch (ThreadInterruptedException)
        {
            // That was it.
        }
    }
}
