namespace Deterministic.Streams.Tests;

public class ServerStateTests
{
    [Clause("S-SOCK-01")]
    [Fact]
    public void A_server_serves_every_address_at_once_unless_told_otherwise()
    {
        Shop shop = new(listeners: 2);
        shop.Server.IsServing.ShouldBeTrue();
        shop.Listeners.ShouldAllBe(listener => listener.Starts == 1);
        shop.Server.EndPoints.ShouldBe(shop.Listeners.Select(listener => listener.LocalEndPoint));
    }

    [Clause("C-SRV-06", "S-START-01", "S-MISC-01")]
    [Fact]
    public void A_server_that_only_binds_serves_when_told()
    {
        Shop shop = new(options: new ServerOptions { StartServing = false });
        shop.Server.IsServing.ShouldBeFalse();
        shop.Listeners[0].Starts.ShouldBe(0);
        shop.Server.StartServing();
        shop.Server.StartServing();
        shop.Server.IsServing.ShouldBeTrue();
        shop.Listeners[0].Starts.ShouldBe(1);
    }

    [Fact]
    public void A_server_that_cannot_serve_at_every_address_serves_at_none()
    {
        NotSupportedException error = new();
        ScriptedListener[] listeners = [new ScriptedListener(), new ScriptedListener { StartFailure = error }];
        Task<StreamServer> started = new ScriptedNetwork(listeners).StartServerAsync(Shop.ForEver).AsTask();
        started.Error<NotSupportedException>().ShouldBeSameAs(error);
        listeners.ShouldAllBe(listener => listener.Closes == 1);
    }

    [Clause("S-START-01")]
    [Fact]
    public void A_closed_server_is_not_started_again()
    {
        Shop shop = new();
        shop.Server.Close();
        Should.Throw<InvalidOperationException>(shop.Server.StartServing).Message.ShouldContain("closed");
        shop.Server.IsServing.ShouldBeFalse();
        shop.Listeners[0].Starts.ShouldBe(1);
    }

    [Clause("S-CLOSE-01", "S-SOCK-01", "S-MISC-01")]
    [Fact]
    public void Closing_lets_every_address_go_and_leaves_open_connections_alone()
    {
        Shop shop = new(listeners: 2);
        ScriptedTransport transport = shop.Connect(listener: 1);
        shop.Server.Close();
        shop.Server.Close();
        shop.Server.IsServing.ShouldBeFalse();
        shop.Listeners.ShouldAllBe(listener => listener.Closes > 0);
        transport.Calls.ShouldBe("receive");
        shop.Server.ConnectionCount.ShouldBe(1);
        shop.Server.EndPoints.Count.ShouldBe(2, "they stay known");
    }

    [Clause("S-CLOSE-01")]
    [Fact]
    public void A_connection_that_slips_in_after_the_close_is_reset_and_has_no_handler()
    {
        bool handled = false;
        Shop shop = new(_ =>
        {
            handled = true;
            return Task.CompletedTask;
        });
        shop.Server.Close();
        ScriptedTransport transport = shop.Connect();
        transport.Calls.ShouldEndWith("abort");
        handled.ShouldBeFalse();
        shop.Server.ConnectionCount.ShouldBe(0);
        shop.WaitClosedAsync().Now();
    }

    [Fact]
    public void A_lost_connection_is_forgotten()
    {
        Shop shop = new();
        ScriptedTransport transport = shop.Connect();
        transport.ArriveError(Wire.Reset);
        shop.Server.ConnectionCount.ShouldBe(0);
    }
}
