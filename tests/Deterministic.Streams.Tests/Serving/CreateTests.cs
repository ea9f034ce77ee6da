namespace Deterministic.Streams.Tests;

/// <summary>Servers that the author of a driver makes.</summary>
public class CreateTests
{
    private readonly ScriptedListener _listener = new();

    [Clause("S-SOCK-01")]
    [Fact]
    public void A_server_has_the_listeners_that_it_was_made_of_until_it_is_closed()
    {
        ScriptedListener[] listeners = [_listener, new ScriptedListener(8)];
        StreamServer server = StreamServer.Create(listeners, Shop.ForEver, TimeProvider.System);
        server.IsServing.ShouldBeTrue();
        server.Listeners.ShouldBe(listeners);
        server.Close();
        server.Listeners.ShouldBeEmpty();
        server.EndPoints.Count.ShouldBe(2);
    }

    [Clause("C-SRV-06")]
    [Fact]
    public void It_serves_later_if_the_options_say_so()
    {
        ServerOptions later = new() { StartServing = false };
        StreamServer server = StreamServer.Create([_listener], Shop.ForEver, TimeProvider.System, later);
        server.IsServing.ShouldBeFalse();
        server.Listeners.ShouldBe([_listener]);
        server.StartServing();
        _listener.Starts.ShouldBe(1);
    }

    [Fact]
    public void What_it_is_made_of_must_be_given()
    {
        Name(() => StreamServer.Create(null!, Shop.ForEver, TimeProvider.System)).ShouldBe("listeners");
        Name(() => StreamServer.Create([], Shop.ForEver, TimeProvider.System)).ShouldBe("listeners");
        Name(() => StreamServer.Create([_listener], null!, TimeProvider.System)).ShouldBe("handler");
        Name(() => StreamServer.Create([_listener], Shop.ForEver, null!)).ShouldBe("timeProvider");

        static string? Name(Action call) => Should.Throw<ArgumentException>(call).ParamName;
    }
}
