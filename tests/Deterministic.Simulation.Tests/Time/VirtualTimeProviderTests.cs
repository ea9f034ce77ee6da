using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation.Tests;

public class VirtualTimeProviderTests
{
    private readonly World _world = new();

    private TimeProvider Time => _world.Time;

    [Fact]
    public void Time_begins_at_the_epoch_in_UTC_and_counts_ticks()
    {
        Time.GetUtcNow().ShouldBe(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Time.GetLocalNow().Offset.ShouldBe(TimeSpan.Zero);
        Time.LocalTimeZone.ShouldBe(TimeZoneInfo.Utc);
        Time.TimestampFrequency.ShouldBe(10_000_000);
        Time.GetTimestamp().ShouldBe(0);
    }

    [Fact]
    public void Virtual_years_pass_in_no_time() =>
        _world.MustComplete(async () =>
        {
            var start = Time.GetTimestamp();
            for (var i = 0; i < 59; i++)
            {
                await Task.Delay(TimeSpan.FromDays(1), Time);
            }

            Time.GetElapsedTime(start).ShouldBe(TimeSpan.FromDays(59));
            Time.GetUtcNow().ShouldBe(VirtualTimeProvider.Epoch.AddDays(59));
        });

    [Fact]
    public void Delays_end_in_the_order_of_their_due_times()
    {
        _world.MustComplete(() =>
            Task.WhenAll(
                new[] { 5, 1, 4, 2, 3 }.Select(async seconds =>
                {
                    await Task.Delay(TimeSpan.FromSeconds(seconds), Time);
                    Time.GetTimestamp().ShouldBe(seconds * Time.TimestampFrequency);
                    _world.Said.Add($"{seconds}");
                })
            )
        );
        _world.Said.ShouldBe(["1", "2", "3", "4", "5"]);
    }

    [Fact]
    public void Timers_are_finer_than_a_millisecond_though_Task_Delay_is_not() =>
        _world.MustComplete(async () =>
        {
            await Task.Delay(TimeSpan.FromMicroseconds(1500), Time);
            Time.GetElapsedTime(0).ShouldBe(TimeSpan.FromMilliseconds(1));

            var ticked = new TaskCompletionSource();
            using var timer = Time.CreateTimer(
                _ => ticked.SetResult(),
                null,
                TimeSpan.FromMicroseconds(1.5),
                Timeout.InfiniteTimeSpan
            );
            await ticked.Task;
            Time.GetElapsedTime(0).ShouldBe(TimeSpan.FromTicks(10_015));
        });

    [Fact]
    public void A_delay_can_be_cancelled_and_leaves_no_timer() =>
        _world.MustComplete(async () =>
        {
            using var source = new CancellationTokenSource(TimeSpan.FromSeconds(1), Time);
            await World.ThrowsAsync<OperationCanceledException>(Task.Delay(TimeSpan.FromHours(1), Time, source.Token));
            Time.GetElapsedTime(0).ShouldBe(TimeSpan.FromSeconds(1));
            _world.Scheduler.TimedCount.ShouldBe(0);
        });

    [Fact]
    public void A_cancellation_can_be_put_off() =>
        _world.MustComplete(async () =>
        {
            using var source = new CancellationTokenSource(TimeSpan.FromSeconds(1), Time);
            source.CancelAfter(TimeSpan.FromSeconds(9));
            await World.ThrowsAsync<OperationCanceledException>(
                Task.Delay(Timeout.InfiniteTimeSpan, Time, source.Token)
            );
            Time.GetElapsedTime(0).ShouldBe(TimeSpan.FromSeconds(9));
        });

    [Fact]
    public void WaitAsync_times_out_or_not_in_virtual_time() =>
        _world.MustComplete(async () =>
        {
            var never = new TaskCompletionSource().Task;
            await World.ThrowsAsync<TimeoutException>(never.WaitAsync(TimeSpan.FromMinutes(2), Time));
            Time.GetElapsedTime(0).ShouldBe(TimeSpan.FromMinutes(2));
            await Task.Delay(TimeSpan.FromSeconds(1), Time).WaitAsync(TimeSpan.FromSeconds(2), Time);
            Time.GetElapsedTime(0).ShouldBe(TimeSpan.FromSeconds(121));
        });

    [Fact]
    public void A_periodic_timer_ticks_each_period_without_drift() =>
        _world.MustComplete(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10), Time);
            for (var i = 1; i <= 100; i++)
            {
                (await timer.WaitForNextTickAsync()).ShouldBeTrue();
                Time.GetElapsedTime(0).ShouldBe(TimeSpan.FromSeconds(10 * i));
                await Task.Delay(TimeSpan.FromSeconds(3), Time);
            }

            timer.Period = TimeSpan.FromSeconds(1);
            await timer.WaitForNextTickAsync();
            Time.GetElapsedTime(0).ShouldBe(TimeSpan.FromSeconds(1004));
        });

    [Fact]
    public void A_dropped_periodic_timer_does_not_disturb_the_run_when_it_is_collected()
    {
        _world.MustComplete(async () =>
        {
            Drop();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(TimeSpan.FromSeconds(100), Time);
        });
        _world.Scheduler.Escape.ShouldBeNull();
        _world.Scheduler.TimedCount.ShouldBe(1);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        void Drop() => _ = new PeriodicTimer(TimeSpan.FromSeconds(1), Time);
    }
}
