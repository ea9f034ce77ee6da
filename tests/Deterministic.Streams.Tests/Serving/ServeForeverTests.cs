namespace Deterministic.Streams.Tests;

public class ServeForeverTests
{
    [Clause("S-FOREVER-01")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_serves_whether_or_not_the_server_does_already(bool already)
    {
        Shop shop = new(options: new ServerOptions { StartServing = already });
        Task forever = shop.Server.ServeForeverAsync().AsTask();
        shop.Server.IsServing.ShouldBeTrue();
        shop.Listeners[0].Starts.ShouldBe(1);
        forever.ShouldWait();
    }

    [Clause("S-FOREVER-01")]
    [Fact]
    public void A_second_one_at_a_time_is_refused_and_the_first_goes_on()
    {
        Shop shop = new();
        Task forever = shop.Server.ServeForeverAsync().AsTask();
        Should
            .Throw<InvalidOperationException>(() => shop.Server.ServeForeverAsync().AsTask())
            .Message.ShouldContain("once at a time");
        forever.ShouldWait();
        shop.Server.IsServing.ShouldBeTrue();
        shop.Server.Close();
        shop.RunScheduled();
        forever.Now();
    }

    [Clause("S-FOREVER-01")]
    [Fact]
    public void On_a_closed_server_it_is_refused()
    {
        Shop shop = new();
        shop.Server.Close();
        Should
            .Throw<InvalidOperationException>(() => shop.Server.ServeForeverAsync().AsTask())
            .Message.ShouldContain("closed");
    }

    [Clause("S-FOREVER-02")]
    [Fact]
    public void A_close_ends_it_normally_without_waiting_for_clients()
    {
        Shop shop = new();
        ScriptedTransport transport = shop.Connect();
        Task forever = shop.Server.ServeForeverAsync().AsTask();
        shop.Server.Close();
        forever.ShouldWait("nothing continues on the stack of the one who closes");
        shop.RunScheduled();
        forever.Now();
        transport.Calls.ShouldBe("receive");
        shop.Server.ConnectionCount.ShouldBe(1);
    }

    [Clause("S-FOREVER-02")]
    [Fact]
    public void Cancelling_it_closes_the_server_and_leaves_open_connections_alone()
    {
        Shop shop = new();
        ScriptedTransport transport = shop.Connect();
        using CancellationTokenSource source = new();
        Task forever = shop.Server.ServeForeverAsync(source.Token).AsTask();
        source.Cancel();
        shop.RunScheduled();
        forever.ShouldBeCancelledBy(source.Token);
        shop.Server.IsServing.ShouldBeFalse();
        shop.Listeners[0].Closes.ShouldBe(1);
        transport.Calls.ShouldBe("receive");
    }

    [Clause("S-FOREVER-02")]
    [Fact]
    public void A_token_that_was_cancelled_before_closes_the_server_just_the_same()
    {
        Shop shop = new();
        CancellationToken cancelled = new(canceled: true);
        Task forever = shop.Server.ServeForeverAsync(cancelled).AsTask();
        shop.RunScheduled();
        forever.ShouldBeCancelledBy(cancelled);
        shop.Server.IsServing.ShouldBeFalse();
    }
}
