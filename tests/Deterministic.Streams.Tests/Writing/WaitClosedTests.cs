using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public class WaitClosedTests
{
    [Clause("W-WAIT-02")]
    [Fact]
    public void It_closes_nothing_and_waits_also_after_the_peers_end()
    {
        Wire wire = new();
        Task closed = wire.WaitClosedAsync();
        wire.Transport.ArriveEof();
        closed.ShouldWait();
        wire.Writer.IsClosing.ShouldBeFalse();
    }

    [Fact]
    public void Several_wait_together_and_it_completes_again_ever_after()
    {
        Wire wire = new();
        Task[] waits = [wire.WaitClosedAsync(), wire.WaitClosedAsync(), wire.WaitClosedAsync()];
        wire.Writer.Close();
        waits.ShouldAllBe(wait => !wait.IsCompleted);
        wire.Transport.RunScheduled();
        foreach (Task wait in waits)
        {
            wait.Now();
        }

        wire.WaitClosedAsync().Now();
    }

    [Clause("W-WAIT-04")]
    [Fact]
    public void Cancelling_one_harms_no_other()
    {
        Wire wire = new();
        using CancellationTokenSource source = new();
        Task cancelled = wire.WaitClosedAsync(source.Token);
        Task kept = wire.WaitClosedAsync();
        source.Cancel();
        wire.Transport.RunScheduled();
        cancelled.ShouldBeCancelledBy(source.Token);
        kept.ShouldWait();
        wire.Writer.Close();
        wire.Transport.RunScheduled();
        kept.Now();
        wire.WaitClosedAsync().Now();
    }

    [Fact]
    public void A_token_that_is_cancelled_already_ends_it_before_it_begins()
    {
        CancellationToken cancelled = new(canceled: true);
        new Wire().WaitClosedAsync(cancelled).ShouldBeCancelledBy(cancelled);
    }

    [Clause("W-WAIT-05")]
    [Fact]
    public void A_loss_throws_the_very_error_on_every_call()
    {
        Wire wire = new();
        Task before = wire.WaitClosedAsync();
        wire.Transport.ArriveError(Wire.Reset);
        before.Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        wire.WaitClosedAsync().Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        wire.WaitClosedAsync().Error<ConnectionException>().ShouldBeSameAs(wire.Reader.Exception);
    }
}
