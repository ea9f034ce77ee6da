using Deterministic.Exploration;
using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation.Tests;

public class TimedItemTests
{
    private readonly World _world = new(FixedStrategy.First);

    private SimulationScheduler Scheduler => _world.Scheduler;

    [Fact]
    public void Items_run_at_their_due_time_in_its_order()
    {
        foreach (var seconds in new[] { 3, 1, 2 })
        {
            Scheduler.ScheduleAt(TimeSpan.FromSeconds(seconds), "test", Say, $"{seconds}");
        }

        _world.Drain().Now.ShouldBe(TimeSpan.FromSeconds(3));
        _world.Said.ShouldBe(["1 at 1", "2 at 2", "3 at 3"]);
    }

    [Fact]
    public void What_is_due_at_one_instant_becomes_ready_together_in_the_order_of_scheduling()
    {
        foreach (var word in new[] { "a", "b", "c" })
        {
            Scheduler.ScheduleAfter(TimeSpan.FromSeconds(1), "test", Say, word);
        }

        _world.Drain();
        _world.Said.ShouldBe(["a at 1", "b at 1", "c at 1"]);
        _world.Choices.Recorded.ShouldBe([new(ChoiceKind.Schedule, 3, 0), new(ChoiceKind.Schedule, 2, 0)]);
    }

    [Fact]
    public void The_order_of_what_is_due_together_is_a_choice()
    {
        var world = new World(FixedStrategy.Last);
        foreach (var word in new[] { "a", "b" })
        {
            world.Scheduler.ScheduleAfter(TimeSpan.FromSeconds(1), "test", _ => world.Said.Add(word));
        }

        world.Drain();
        world.Said.ShouldBe(["b", "a"]);
    }

    [Fact]
    public void Time_stands_while_anything_is_ready()
    {
        Scheduler.ScheduleAfter(TimeSpan.FromTicks(1), "test", Say, "later");
        for (var i = 0; i < 100; i++)
        {
            _world.Post("now");
        }

        _world.Drain();
        _world.Said.IndexOf("later at 1E-07").ShouldBe(100);
    }

    [Fact]
    public void What_is_due_already_is_ready_at_once()
    {
        Scheduler.ScheduleAt(TimeSpan.FromSeconds(-5), "test", Say, "past");
        Scheduler.ScheduleAfter(TimeSpan.FromSeconds(-5), "test", Say, "negative");
        Scheduler.ReadyCount.ShouldBe(2);
        _world.Drain().Now.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_cancelled_item_does_not_run_and_leaves_nothing_behind()
    {
        var item = Scheduler.ScheduleAfter(TimeSpan.FromHours(1), "test", Say, "never");
        item.IsPending.ShouldBeTrue();
        item.Cancel().ShouldBeTrue();
        item.IsPending.ShouldBeFalse();
        item.Cancel().ShouldBeFalse();
        Scheduler.TimedCount.ShouldBe(0);
        _world.Drain().Now.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void An_item_can_be_cancelled_while_it_waits_for_its_turn()
    {
        ScheduledItem second = default;
        Scheduler.ScheduleAfter(TimeSpan.FromSeconds(1), "test", _ => second.Cancel().ShouldBeTrue());
        second = Scheduler.ScheduleAfter(TimeSpan.FromSeconds(1), "test", Say, "never");
        _world.Drain().Outcome.ShouldBe(RunOutcome.Completed);
        _world.Said.ShouldBeEmpty();
    }

    [Fact]
    public void A_handle_does_not_reach_the_item_that_inherits_its_place()
    {
        var old = Scheduler.ScheduleAfter(TimeSpan.FromSeconds(1), "test", Say, "old");
        old.Cancel();
        var fresh = Scheduler.ScheduleAfter(TimeSpan.FromSeconds(1), "test", Say, "new");
        old.Cancel().ShouldBeFalse();
        (old == fresh).ShouldBeFalse();
        fresh.IsPending.ShouldBeTrue();
        _world.Drain();
        _world.Said.ShouldBe(["new at 1"]);
        fresh.IsPending.ShouldBeFalse();
        default(ScheduledItem).Cancel().ShouldBeFalse();
    }

    [Fact]
    public void A_timer_ticks_once_for_the_last_time_it_was_armed()
    {
        var timer = Scheduler.CreateTimer("test", Say, "tick");
        timer.ArmAfter(TimeSpan.FromSeconds(1));
        timer.ArmAfter(TimeSpan.FromSeconds(5));
        timer.ArmAt(TimeSpan.FromSeconds(3));
        timer.IsArmed.ShouldBeTrue();
        _world.Drain();
        timer.IsArmed.ShouldBeFalse();
        _world.Said.ShouldBe(["tick at 3"]);
    }

    [Fact]
    public void A_timer_rearmed_while_its_tick_waits_for_its_turn_ticks_only_later()
    {
        SimulationTimer? timer = null;
        Scheduler.ScheduleAfter(TimeSpan.FromSeconds(1), "test", _ => timer!.ArmAfter(TimeSpan.FromSeconds(1)));
        timer = Scheduler.CreateTimer("test", Say, "tick");
        timer.ArmAfter(TimeSpan.FromSeconds(1));
        _world.Drain();
        _world.Said.ShouldBe(["tick at 2"]);
    }

    [Fact]
    public void A_timer_can_rearm_itself()
    {
        SimulationTimer? timer = null;
        timer = Scheduler.CreateTimer(
            "test",
            _ =>
            {
                Say("tick");
                if (_world.Said.Count < 3)
                {
                    timer!.ArmAfter(TimeSpan.FromSeconds(2));
                }
            }
        );
        timer.ArmAfter(TimeSpan.FromSeconds(2));
        _world.Drain();
        _world.Said.ShouldBe(["tick at 2", "tick at 4", "tick at 6"]);
    }

    [Fact]
    public void Arming_and_cancelling_in_steady_state_allocates_nothing()
    {
        var timer = Scheduler.CreateTimer("test", static _ => { });
        void Work()
        {
            for (var i = 0; i < 1000; i++)
            {
                timer.ArmAfter(TimeSpan.FromSeconds(i));
                var item = Scheduler.ScheduleAfter(TimeSpan.FromSeconds(i), "test", static _ => { });
                item.Cancel();
            }
        }

        Work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        Scheduler.TimedCount.ShouldBe(1);
    }

    [Fact]
    public void A_delay_past_the_end_of_time_is_the_end_of_time()
    {
        Scheduler.ScheduleAt(
            TimeSpan.FromSeconds(1),
            "test",
            _ => Scheduler.ScheduleAfter(TimeSpan.MaxValue, "test", Say, "never")
        );
        _world.Drain().Outcome.ShouldBe(RunOutcome.TimeLimitReached);
        Scheduler.TimedCount.ShouldBe(1);
    }

    private void Say(object? word) =>
        _world.Said.Add(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{word} at {Scheduler.Now.TotalSeconds}")
        );
}
