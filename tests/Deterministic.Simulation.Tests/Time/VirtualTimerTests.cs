namespace Deterministic.Simulation.Tests;

public class VirtualTimerTests
{
    private readonly World _world = new(FixedStrategy.First);
    private readonly List<double> _ticks = [];

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    [Fact]
    public void A_timer_ticks_once_without_a_period()
    {
        Create(Seconds(2), Timeout.InfiniteTimeSpan);
        Create(Seconds(3), TimeSpan.Zero);
        _world.Drain();
        _ticks.ShouldBe([2, 3]);
    }

    [Fact]
    public void A_timer_with_a_period_ticks_until_it_is_disposed()
    {
        var timer = Create(Seconds(2), Seconds(5));
        RunFor(Seconds(20));
        _ticks.ShouldBe([2, 7, 12, 17]);
        timer.Dispose();
        _world.Drain().Outcome.ShouldBe(RunOutcome.Completed);
        _ticks.Count.ShouldBe(4);
        timer.Change(Seconds(1), Seconds(1)).ShouldBeFalse();
    }

    [Fact]
    public async Task DisposeAsync_disposes()
    {
        var timer = Create(Seconds(2), Seconds(5));
        var disposal = timer.DisposeAsync();
        disposal.IsCompletedSuccessfully.ShouldBeTrue();
        _world.Scheduler.TimedCount.ShouldBe(0);
        await disposal;
    }

    [Fact]
    public void An_infinite_due_time_never_ticks_until_changed()
    {
        var timer = Create(Timeout.InfiniteTimeSpan, Seconds(1));
        _world.Scheduler.TimedCount.ShouldBe(0);
        timer.Change(Seconds(4), Seconds(1)).ShouldBeTrue();
        RunFor(Seconds(6));
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan).ShouldBeTrue();
        RunFor(Seconds(6));
        _ticks.ShouldBe([4, 5, 6]);
    }

    [Fact]
    public void A_due_time_of_zero_ticks_at_once()
    {
        Create(TimeSpan.Zero, Seconds(1));
        RunFor(Seconds(2));
        _ticks.ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void A_tick_that_is_due_still_comes_after_Change_but_not_after_Dispose()
    {
        ITimer? changed = null;
        ITimer? disposed = null;
        _world.Scheduler.ScheduleAfter(
            Seconds(1),
            "test",
            _ =>
            {
                changed!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                disposed!.Dispose();
            }
        );
        changed = Create(Seconds(1), Timeout.InfiniteTimeSpan);
        disposed = Create(Seconds(1), Timeout.InfiniteTimeSpan);
        _world.Drain();
        _ticks.ShouldBe([1]);
    }

    [Fact]
    public void A_callback_can_change_and_dispose_its_own_timer()
    {
        ITimer? timer = null;
        timer = _world.Time.CreateTimer(
            _ =>
            {
                _ticks.Add(_world.Scheduler.Now.TotalSeconds);
                if (_ticks.Count == 1)
                {
                    timer!.Change(Seconds(10), Seconds(1));
                }
                else
                {
                    timer!.Dispose();
                }
            },
            null,
            Seconds(1),
            Seconds(1)
        );
        _world.Drain().Outcome.ShouldBe(RunOutcome.Completed);
        _ticks.ShouldBe([1, 11]);
    }

    [Fact]
    public void The_callback_runs_in_the_execution_context_of_the_creation_and_without_a_synchronization_context()
    {
        var local = new AsyncLocal<string>();
        var seen = new List<(string?, SynchronizationContext?)>();
        _world.MustComplete(() =>
        {
            local.Value = "creator";
            _world.Time.CreateTimer(
                _ => seen.Add((local.Value, SynchronizationContext.Current)),
                null,
                Seconds(1),
                Timeout.InfiniteTimeSpan
            );
            using (ExecutionContext.SuppressFlow())
            {
                _world.Time.CreateTimer(
                    _ => seen.Add((local.Value, SynchronizationContext.Current)),
                    null,
                    Seconds(2),
                    Timeout.InfiniteTimeSpan
                );
            }

            return Task.CompletedTask;
        });
        _world.Drain().ThrowIfNotCompleted();
        seen.ShouldBe([("creator", null), (null, null)]);
    }

    // The same cases against the system's provider: what is refused there is refused here, and nothing else.
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-2)]
    [InlineData(-0.5)]
    [InlineData(-1.5)]
    [InlineData(4294967294.0)]
    [InlineData(4294967294.5)]
    [InlineData(4294967295.0)]
    [InlineData(1e13)]
    public void Spans_are_accepted_and_refused_as_by_the_system(double milliseconds)
    {
        var span = new TimeSpan((long)(milliseconds * TimeSpan.TicksPerMillisecond));
        foreach (var (due, period) in new[] { (span, Timeout.InfiniteTimeSpan), (Timeout.InfiniteTimeSpan, span) })
        {
            Refusal(_world.Time).ShouldBe(Refusal(TimeProvider.System));

            string? Refusal(TimeProvider time) =>
                (
                    Record.Exception(() => time.CreateTimer(static _ => { }, null, due, period).Dispose())
                    as ArgumentException
                )?.ParamName;
        }
    }

    [Fact]
    public void A_timer_needs_a_callback() =>
        Should.Throw<ArgumentNullException>(() => _world.Time.CreateTimer(null!, null, Seconds(1), Seconds(1)));

    private ITimer Create(TimeSpan due, TimeSpan period) =>
        _world.Time.CreateTimer(_ => _ticks.Add(_world.Scheduler.Now.TotalSeconds), null, due, period);

    private void RunFor(TimeSpan time) =>
        _world
            .Scheduler.RunUntil(static () => false, World.Limits with { VirtualTime = time })
            .Outcome.ShouldBeOneOf(RunOutcome.TimeLimitReached, RunOutcome.Deadlocked);
}
