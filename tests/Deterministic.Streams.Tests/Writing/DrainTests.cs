using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public class DrainTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void Drain_waits_above_the_high_mark(int queued, bool done)
    {
        Wire wire = Wire.Blocked(queued, high: 8);
        wire.DrainAsync().IsCompleted.ShouldBe(done);
        wire.Writer.Buffered.ShouldBe(queued, "it is no flush");
    }

    [Fact]
    public void Drain_goes_on_at_the_low_mark_on_the_drivers_stack()
    {
        Wire wire = Wire.Blocked(queued: 9, high: 8);
        Task drain = wire.DrainAsync();
        wire.Transport.Accept(6);
        drain.ShouldWait();
        wire.Transport.Accept(1);
        drain.Now();
        wire.Transport.ScheduledCount.ShouldBe(0);
    }

    [Clause("W-DRAIN-05")]
    [Fact]
    public void Several_are_released_together_in_the_order_they_came()
    {
        Wire wire = Wire.Blocked(queued: 20);
        List<int> order = [];
        for (int i = 0; i < 5; i++)
        {
            _ = DrainAsync(i);
        }

        wire.Transport.Accept(20);
        order.ShouldBe([0, 1, 2, 3, 4]);

        async Task DrainAsync(int number)
        {
            await wire.Writer.DrainAsync().ConfigureAwait(false);
            order.Add(number);
        }
    }

    [Clause("W-DRAIN-08")]
    [Fact]
    public void One_that_pauses_again_does_not_hold_up_the_others()
    {
        Wire wire = Wire.Blocked(queued: 20);
        Task first = FirstAsync();
        Task second = wire.DrainAsync();
        wire.Transport.Accept(20);
        second.Now();
        first.ShouldWait();
        wire.Transport.Accept(20);
        first.Now();

        async Task FirstAsync()
        {
            await wire.Writer.DrainAsync().ConfigureAwait(false);
            wire.Write(new string('y', 20));
            await wire.Writer.DrainAsync().ConfigureAwait(false);
        }
    }

    [Clause("W-DRAIN-06")]
    [Fact]
    public void One_is_cancelled_alone_and_nothing_is_lost()
    {
        Wire wire = Wire.Blocked(queued: 20);
        using CancellationTokenSource source = new();
        Task first = wire.DrainAsync();
        Task cancelled = wire.DrainAsync(source.Token);
        Task last = wire.DrainAsync();
        source.Cancel();
        cancelled.ShouldWait();
        wire.Transport.RunScheduled().ShouldBe(1, "never on the stack of the cancel");
        cancelled.ShouldBeCancelledBy(source.Token);
        first.ShouldWait();
        last.ShouldWait();
        wire.Writer.Buffered.ShouldBe(20);
        wire.Transport.Accept(20);
        first.Now();
        last.Now();
        wire.Transport.Sent.ShouldBe(new string('x', 20));
    }

    [Fact]
    public void A_cancel_after_its_release_changes_nothing()
    {
        Wire wire = Wire.Blocked(queued: 20);
        using CancellationTokenSource source = new();
        ValueTask drain = wire.Writer.DrainAsync(source.Token);
        wire.Transport.Accept(20);
        source.Cancel();
        wire.Transport.RunScheduled().ShouldBe(0);
        drain.AsTask().Now();
    }

    [Fact]
    public void A_token_that_is_cancelled_already_ends_it_before_it_begins()
    {
        CancellationToken cancelled = new(canceled: true);
        new Wire().DrainAsync(cancelled).ShouldBeCancelledBy(cancelled);
    }

    [Fact]
    public void After_a_clean_close_it_throws_that_the_connection_is_lost()
    {
        Wire wire = new();
        wire.Writer.Close();
        ConnectionException error = wire.DrainAsync().Error<ConnectionException>();
        error.Kind.ShouldBe(ConnectionErrorKind.Reset);
        error.Message.ShouldBe("Connection lost");
    }

    [Fact]
    public void While_a_close_flushes_it_behaves_as_before()
    {
        Wire wire = Wire.Blocked(queued: 20);
        wire.Writer.Close();
        Task paused = wire.DrainAsync();
        paused.ShouldWait();
        wire.Transport.Accept(18);
        paused.Now();
        wire.DrainAsync().Now();
    }

    [Fact]
    public void An_abort_lets_those_who_wait_return_normally()
    {
        Wire wire = Wire.Blocked(queued: 20);
        Task drain = wire.DrainAsync();
        wire.Writer.Abort();
        wire.Transport.RunScheduled();
        drain.Now();
        wire.DrainAsync().Error<ConnectionException>().Message.ShouldBe("Connection lost");
    }

    [Clause("W-DRAIN-07")]
    [Fact]
    public void A_loss_throws_its_error_in_every_one()
    {
        Wire wire = Wire.Blocked(queued: 20);
        Task[] drains = [wire.DrainAsync(), wire.DrainAsync(), wire.DrainAsync()];
        wire.Transport.FailSend(Wire.Reset);
        foreach (Task drain in drains)
        {
            drain.Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        }
    }

    [Fact]
    public void Lower_watermarks_can_pause_at_once()
    {
        Wire wire = Wire.Blocked(queued: 6, high: 8);
        wire.Writer.WriteBufferLimits.ShouldBe(WriteBufferLimits.Create(8));
        wire.DrainAsync().Now();
        wire.Writer.WriteBufferLimits = WriteBufferLimits.Create(5);
        wire.Writer.WriteBufferLimits.High.ShouldBe(5);
        Task drain = wire.DrainAsync();
        drain.ShouldWait();
        wire.Writer.WriteBufferLimits = WriteBufferLimits.Create(100);
        drain.ShouldWait();
        wire.Transport.Accept(1);
        drain.Now();
    }

    [Fact]
    public void Waits_are_reused_and_each_has_its_own_fate()
    {
        Wire wire = Wire.Blocked(queued: 20);
        for (int i = 0; i < 5; i++)
        {
            using CancellationTokenSource source = new();
            Task kept = wire.DrainAsync();
            Task cancelled = wire.DrainAsync(source.Token);
            source.Cancel();
            wire.Transport.RunScheduled();
            cancelled.ShouldBeCancelledBy(source.Token);
            wire.Transport.Accept(20);
            kept.Now();
            wire.Write(new string('x', 20));
        }
    }

    [Fact]
    public void It_is_awaited_once_and_asking_too_early_disturbs_nothing()
    {
        Wire wire = Wire.Blocked(queued: 20);
        ValueTask drain = wire.Writer.DrainAsync();
        Should.Throw<InvalidOperationException>(() => drain.GetAwaiter().GetResult(), "it still waits");
        Task other = wire.DrainAsync();
        wire.Transport.Accept(20);
        other.Now();
        drain.AsTask().Now();
        wire.Write(new string('x', 20));
        Task next = wire.DrainAsync();
        Should.Throw<InvalidOperationException>(() => drain.GetAwaiter().GetResult(), "its result was picked up");
        next.ShouldWait();
        wire.Transport.Accept(20);
        next.Now();
    }
}
