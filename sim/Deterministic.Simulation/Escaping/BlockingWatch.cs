using System.Runtime.ExceptionServices;

namespace Deterministic.Simulation;

/// <summary>
/// Watches the thread of one run from outside, in real time. Most blocking waits are refused by the program's context before they begin; this ends the others: those of the world's items, which have no
/// context, and <c>Thread.Sleep</c>. A thread that waits within one and the same item for too long is interrupted.
/// </summary>
internal sealed class BlockingWatch : IDisposable
{
    /// <summary>How often a thread is looked at: often enough for any grace worth setting, and too seldom to cost anything.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private static readonly object Gate = new();
    private static readonly List<BlockingWatch> Watched = [];
    private static Thread? _watcher;
    private static WatcherState _watcherState;

    private readonly Thread _thread = Thread.CurrentThread;
    private readonly SimulationScheduler _scheduler;
    private readonly ThreadGuard _guard;
    private readonly TimeSpan _grace;
    private long _steps = -1;
    private TimeSpan _blocked;
    private WatchState _state;

    private BlockingWatch(SimulationScheduler scheduler, ThreadGuard guard, TimeSpan grace)
    {
        _scheduler = scheduler;
        _guard = guard;
        _grace = grace;
    }

    private enum WatcherState
    {
        /// <summary>It wakes by itself: a run that begins and ends meanwhile costs it nothing.</summary>
        Looking,

        /// <summary>Nothing is run: it is to be woken.</summary>
        Asleep,
    }

    private enum WatchState
    {
        Watching,
        Interrupted,
    }

    /// <summary>Watches the calling thread, until disposed of there.</summary>
    /// <param name="scheduler">What it runs.</param>
    /// <param name="guard">Who is told.</param>
    /// <param name="grace">How long it may wait within one item; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it likes.</param>
    public static BlockingWatch? Begin(SimulationScheduler scheduler, ThreadGuard guard, TimeSpan grace)
    {
        if (grace == Timeout.InfiniteTimeSpan)
        {
            return null;
        }

        BlockingWatch watch = new(scheduler, guard, grace);
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
            // It came late, and struck the wait for the lock.
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
                    _watcherState = WatcherState.Looking;
                }

                Monitor.Wait(Gate, Interval);
                Watched.ForEach(static watch => watch.Look());
            }
        }
    }

    /// <summary>Gate held, so that the run cannot end meanwhile.</summary>
    private void Look()
    {
        long steps = _scheduler.StepsSeenFromOutside;
        bool sameItem = steps == _steps && _thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin);
        _steps = steps;
        _blocked = sameItem ? _blocked + Interval : TimeSpan.Zero;
        if (_blocked > _grace && _state == WatchState.Watching)
        {
            _state = WatchState.Interrupted;
            AppDomain.CurrentDomain.FirstChanceException += OnThrown;
            _thread.Interrupt();
        }
    }

    /// <summary>On whatever thread throws whatever: the interrupted one still stands where it waited, and can tell.</summary>
    private void OnThrown(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (thrown.Exception is ThreadInterruptedException && Thread.CurrentThread == _thread)
        {
            EscapeSite site = EscapeSite.Here();
            _guard.Record(EscapeMessages.Of(EscapeCause.BlockingWait, site.Call, site.Place));
        }
    }

    /// <summary>If the wait ended just before the interrupt came, that would strike at the next one, of who knows whom.</summary>
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
