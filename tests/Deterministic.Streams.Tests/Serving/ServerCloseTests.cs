namespace Deterministic.Streams.Tests;

public class ServerCloseTests
{
    [Clause("S-WAIT-01")]
    [Fact]
    public void Waiting_waits_for_the_close_and_for_the_last_connection()
    {
        Shop shop = new();
        ScriptedTransport transport = shop.Connect();
        Task closed = shop.WaitClosedAsync();
        shop.Server.Close();
        shop.RunScheduled();
        closed.ShouldWait();
        transport.ArriveError(Wire.Reset);
        closed.ShouldWait();
        shop.RunScheduled();
        closed.Now();
        shop.WaitClosedAsync().Now();
    }

    [Clause("S-WAIT-01")]
    [Fact]
    public void Waiting_waits_in_either_order()
    {
        Shop shop = new();
        ScriptedTransport transport = shop.Connect();
        Task closed = shop.WaitClosedAsync();
        transport.ArriveError(Wire.Reset);
        shop.RunScheduled();
        closed.ShouldWait();
        shop.Server.Close();
        closed.ShouldWait();
        shop.RunScheduled();
        closed.Now();
    }

    [Clause("S-WAIT-01")]
    [Fact]
    public void Several_wait_together_and_each_is_cancelled_alone()
    {
        Shop shop = new();
        using CancellationTokenSource source = new();
        Task first = shop.WaitClosedAsync();
        Task cancelled = shop.WaitClosedAsync(source.Token);
        Task last = shop.WaitClosedAsync();
        source.Cancel();
        shop.RunScheduled();
        cancelled.ShouldBeCancelledBy(source.Token);
        first.ShouldWait();
        shop.Server.Close();
        shop.RunScheduled();
        first.Now();
        last.Now();
    }

    [Clause("S-FOREVER-02")]
    [Fact]
    public void Cancelling_a_wait_closes_nothing_and_a_close_cancels_nothing()
    {
        Shop shop = new();
        ScriptedTransport transport = shop.Connect();
        using CancellationTokenSource source = new();
        Task cancelled = shop.WaitClosedAsync(source.Token);
        Task kept = shop.WaitClosedAsync();
        source.Cancel();
        shop.RunScheduled();
        cancelled.ShouldBeCancelledBy(source.Token);
        shop.Server.IsServing.ShouldBeTrue();
        shop.Listeners[0].Closes.ShouldBe(0);
        transport.Calls.ShouldBe("receive");
        shop.Server.Close();
        shop.RunScheduled();
        kept.ShouldWait();
        transport.Calls.ShouldBe("receive");
        transport.ArriveEof();
        shop.Server.CloseClients();
        transport.RunScheduled();
        shop.RunScheduled();
        kept.Now();
    }

    [Fact]
    public void A_token_that_is_cancelled_already_ends_the_wait_before_it_begins()
    {
        CancellationToken cancelled = new(canceled: true);
        Shop shop = new();
        shop.WaitClosedAsync(cancelled).ShouldBeCancelledBy(cancelled);
    }

    [Clause("S-CLIENTS-01")]
    [Fact]
    public void Closing_the_clients_sends_what_is_queued_and_goes_on_accepting()
    {
        Shop shop = new(connection =>
        {
            connection.Writer.Write(Bytes.Of("bye"));
            return Shop.ForEver(connection);
        });
        ScriptedTransport queued = shop.Listeners[0].Accept();
        queued.Limit(1);
        shop.RunScheduled();
        shop.Connect();
        shop.Server.CloseClients();
        shop.Server.ConnectionCount.ShouldBe(2, "the news of the close is still on its way");
        queued.Accept(9);
        queued.Sent.ShouldBe("bye");
        queued.Calls.ShouldEndWith("close");
        queued.RunScheduled();
        shop.Server.IsServing.ShouldBeTrue();
        shop.Connect().Sent.ShouldBe("bye");
    }

    [Clause("S-CLIENTS-01")]
    [Fact]
    public void Aborting_the_clients_drops_what_is_queued_and_goes_on_accepting()
    {
        Shop shop = new(connection =>
        {
            connection.Writer.Write(Bytes.Of("bye"));
            return Shop.ForEver(connection);
        });
        ScriptedTransport queued = shop.Listeners[0].Accept();
        queued.Limit(1);
        shop.RunScheduled();
        shop.Server.AbortClients();
        queued.Calls.ShouldEndWith("abort");
        queued.Sent.ShouldBe("b");
        queued.RunScheduled();
        shop.Server.ConnectionCount.ShouldBe(0);
        shop.Server.IsServing.ShouldBeTrue();
        shop.Server.Close();
        shop.Server.AbortClients();
        shop.Server.CloseClients();
    }

    [Clause("S-CTX-01")]
    [Fact]
    public void Disposing_aborts_every_client_and_hangs_on_none()
    {
        Shop shop = new();
        ScriptedTransport[] transports = [shop.Connect(), shop.Connect()];
        Task disposed = shop.Server.DisposeAsync().AsTask();
        transports.ShouldAllBe(transport => transport.Calls.EndsWith("abort", StringComparison.Ordinal));
        foreach (ScriptedTransport transport in transports)
        {
            transport.RunScheduled();
        }

        shop.RunScheduled();
        disposed.Now();
        shop.Server.IsServing.ShouldBeFalse();
        shop.Server.DisposeAsync().AsTask().Now();
    }

    [Clause("S-CTX-01")]
    [Fact]
    public void Disposing_overtakes_a_close_that_still_flushes_to_a_client_that_never_reads()
    {
        Shop shop = new(connection =>
        {
            connection.Writer.Write(Bytes.Of("unread"));
            return Task.CompletedTask;
        });
        ScriptedTransport transport = shop.Listeners[0].Accept();
        transport.Limit(0);
        shop.RunScheduled();
        Task disposed = shop.Server.DisposeAsync().AsTask();
        transport.RunScheduled();
        shop.RunScheduled();
        disposed.Now();
    }

    [Fact]
    public void Disposing_a_server_without_clients_is_over_at_once()
    {
        Shop shop = new();
        shop.Server.DisposeAsync().AsTask().Now();
        shop.Listeners[0].Closes.ShouldBe(1);
    }
}
