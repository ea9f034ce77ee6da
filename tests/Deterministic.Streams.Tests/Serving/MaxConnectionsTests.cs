namespace Deterministic.Streams.Tests;

[Clause("C-MAX-01")]
public class MaxConnectionsTests
{
    private readonly List<Connection> _served = [];

    [Fact]
    public void Every_listener_is_paused_at_the_bound_and_resumed_below_it()
    {
        Shop shop = Start(most: 2, listeners: 2);
        ScriptedTransport first = shop.Connect(listener: 0);
        shop.Listeners.ShouldAllBe(listener => listener.Flow.Count == 0);
        ScriptedTransport second = shop.Connect(listener: 1);
        shop.Listeners.ShouldAllBe(listener => string.Join(' ', listener.Flow) == "pause");
        first.ArriveError(Wire.Reset);
        shop.Listeners.ShouldAllBe(listener => string.Join(' ', listener.Flow) == "pause resume");
        second.ArriveError(Wire.Reset);
        shop.Listeners.ShouldAllBe(listener => listener.Flow.Count == 2);
    }

    [Fact]
    public void A_listener_is_paused_before_the_accept_that_reaches_the_bound_returns()
    {
        Shop shop = Start(most: 1);
        shop.Listeners[0].Accept();
        shop.Listeners[0].Flow.ShouldBe(["pause"]);
    }

    [Fact]
    public void Without_a_bound_nothing_is_ever_paused()
    {
        Shop shop = new();
        for (int i = 0; i < 300; i++)
        {
            shop.Connect();
        }

        shop.Server.ConnectionCount.ShouldBe(300);
        shop.Listeners[0].Flow.ShouldBeEmpty();
    }

    [Fact]
    public void One_that_slips_in_over_the_bound_waits_for_its_handler_until_there_is_a_place()
    {
        Shop shop = Start(most: 1);
        ScriptedTransport first = shop.Connect();
        ScriptedTransport second = shop.Connect();
        ScriptedTransport third = shop.Connect();
        _served.Count.ShouldBe(1);
        shop.Server.ConnectionCount.ShouldBe(3);
        first.ArriveError(Wire.Reset);
        _served.Count.ShouldBe(1, "a handler is never started on the stack that ends another one's connection");
        shop.RunScheduled();
        _served.Count.ShouldBe(2);
        _served[1].Writer.Write(Bytes.Of("your turn"));
        second.Sent.ShouldBe("your turn");
        third.Sent.ShouldBeEmpty();
        shop.Listeners[0].Flow.ShouldBe(["pause"], "there are still more than the bound");
        second.ArriveError(Wire.Reset);
        third.ArriveError(Wire.Reset);
        shop.Listeners[0].Flow.ShouldBe(["pause", "resume"]);
    }

    [Fact]
    public void One_that_is_gone_before_its_turn_is_passed_over()
    {
        Shop shop = Start(most: 1);
        ScriptedTransport first = shop.Connect();
        shop.Connect().ArriveError(Wire.Reset);
        ScriptedTransport third = shop.Connect();
        first.ArriveError(Wire.Reset);
        shop.RunScheduled();
        _served.Count.ShouldBe(2);
        _served[1].Writer.Write(Bytes.Of("you"));
        third.Sent.ShouldBe("you");
        shop.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void A_driver_that_never_pauses_fills_the_backlog_and_is_then_turned_away()
    {
        Shop shop = Start(most: 1, backlog: 2);
        shop.Connect();
        shop.Connect().Calls.ShouldBe("receive");
        ScriptedTransport last = shop.Connect();
        last.Calls.ShouldBe("receive");
        shop.Connect().Calls.ShouldEndWith("abort");
        shop.Server.ConnectionCount.ShouldBe(3);
        last.ArriveError(Wire.Reset);
        shop.Connect().Calls.ShouldBe("receive", "one that waited has gone, and left its place");
    }

    [Clause("S-CLOSE-01")]
    [Fact]
    public void Those_that_wait_for_a_handler_are_reset_by_the_close()
    {
        Shop shop = Start(most: 1);
        ScriptedTransport served = shop.Connect();
        ScriptedTransport waiting = shop.Connect();
        shop.Server.Close();
        waiting.Calls.ShouldEndWith("abort");
        served.Calls.ShouldBe("receive");
        served.ArriveError(Wire.Reset);
        waiting.RunScheduled();
        shop.RunScheduled();
        _served.Count.ShouldBe(1);
        shop.Server.ConnectionCount.ShouldBe(0);
    }

    [Fact]
    public void Aborting_the_clients_reaches_those_that_wait()
    {
        Shop shop = Start(most: 1);
        ScriptedTransport[] transports = [shop.Connect(), shop.Connect()];
        shop.Server.AbortClients();
        transports.ShouldAllBe(transport => transport.Calls.EndsWith("abort", StringComparison.Ordinal));
    }

    private Shop Start(int most, int listeners = 1, int backlog = 100) =>
        new(
            connection =>
            {
                _served.Add(connection);
                // Closed by the peer or the server, never by itself.
                return new TaskCompletionSource().Task;
            },
            new ServerOptions { MaxConnections = most, Backlog = backlog },
            listeners
        );
}
