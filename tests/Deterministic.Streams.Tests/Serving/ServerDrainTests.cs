using Deterministic.Streams.Timing;

namespace Deterministic.Streams.Tests;

public class ServerDrainTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly Shop _shop = new(connection => connection.Reader.ReadToEndAsync().AsTask());

    [Clause("S-CLOSE-02")]
    [Fact]
    public void Connections_that_finish_in_time_are_not_aborted_and_the_timer_is_let_go()
    {
        ScriptedTransport[] clients = [_shop.Connect(), _shop.Connect()];
        Task<int> drained = CloseAsync(Deadline);
        _shop.Server.IsServing.ShouldBeFalse();
        _shop.Listeners[0].Closes.ShouldBe(1);
        clients[0].ArriveEof();
        _shop.Time.Pass(Deadline / 2);
        drained.ShouldWait();
        clients[1].ArriveEof();
        RunScheduled(clients);
        drained.Now().ShouldBe(0);
        clients.ShouldAllBe(client => client.Calls.EndsWith("close", StringComparison.Ordinal));
        _shop.Time.TimersSet.ShouldBe(0);
    }

    [Clause("S-CLOSE-02")]
    [Fact]
    public void Those_left_at_the_deadline_are_aborted_and_counted()
    {
        ScriptedTransport[] clients = [_shop.Connect(), _shop.Connect(), _shop.Connect()];
        Task<int> drained = CloseAsync(Deadline);
        clients[0].ArriveEof();
        RunScheduled(clients);
        _shop.Time.Pass(Deadline - TimeSpan.FromTicks(1));
        RunScheduled(clients);
        drained.ShouldWait();
        clients[1].Calls.ShouldBe("receive");
        _shop.Time.Pass(TimeSpan.FromTicks(1));
        RunScheduled(clients);
        drained.Now().ShouldBe(2);
        clients[0].Calls.ShouldEndWith("close");
        clients[1].Calls.ShouldEndWith("abort");
        clients[2].Calls.ShouldEndWith("abort");
        _shop.Server.ConnectionCount.ShouldBe(0);
    }

    [Clause("S-CLOSE-02")]
    [Fact]
    public void Cancelling_ends_the_wait_and_the_connections_go_on()
    {
        ScriptedTransport[] clients = [_shop.Connect()];
        using CancellationTokenSource source = new();
        Task<int> drained = CloseAsync(Deadline, source.Token);
        source.Cancel();
        RunScheduled(clients);
        drained.ShouldBeCancelledBy(source.Token);
        _shop.Time.Pass(Deadline);
        clients[0].Calls.ShouldBe("receive");
        _shop.Server.IsServing.ShouldBeFalse();

        Task<int> again = CloseAsync(TimeSpan.Zero);
        RunScheduled(clients);
        again.Now().ShouldBe(1);
    }

    [Fact]
    public void Without_a_deadline_it_waits_as_long_as_it_takes()
    {
        ScriptedTransport[] clients = [_shop.Connect()];
        Task<int> drained = CloseAsync(Timeout.InfiniteTimeSpan);
        _shop.Time.Pass(TimeSpan.FromDays(1000));
        drained.ShouldWait();
        clients[0].ArriveEof();
        RunScheduled(clients);
        drained.Now().ShouldBe(0);
    }

    [Fact]
    public void A_server_without_connections_is_over_at_once_at_any_deadline()
    {
        CloseAsync(TimeSpan.Zero).Now().ShouldBe(0);
        CloseAsync(Deadline).Now().ShouldBe(0);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(uint.MaxValue)]
    public void What_is_no_deadline_is_refused_and_the_server_serves_on(long milliseconds)
    {
        Should
            .Throw<ArgumentOutOfRangeException>(() => CloseAsync(TimeSpan.FromMilliseconds(milliseconds)))
            .ParamName.ShouldBe("deadline");
        _shop.Server.IsServing.ShouldBeTrue();
    }

    private Task<int> CloseAsync(TimeSpan deadline, CancellationToken token = default) =>
        _shop.Server.CloseAsync(deadline, token).AsTask();

    private void RunScheduled(ScriptedTransport[] clients)
    {
        while (clients.Sum(client => client.RunScheduled()) + _shop.RunScheduled() > 0) { }
    }
}
