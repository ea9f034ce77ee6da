using Deterministic.Core;

namespace Deterministic.Streams.Tests;

/// <summary>TLS handshakes have places of their own, and those that do not get on give theirs to others.</summary>
[Clause("C-MAX-02")]
public sealed class MaxHandshakesTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly List<Connection> _served = [];

    [Clause("C-MAX-01")]
    [Fact]
    public void Silent_clients_keep_nobody_from_being_served()
    {
        Shop shop = Start(connections: 2);
        for (int i = 0; i < 50; i++)
        {
            Connect(shop);
        }

        shop.Listeners[0].Flow.ShouldBeEmpty();
        Greet(shop, Connect(shop));
        _served.Count.ShouldBe(1);
        Greet(shop, Connect(shop));
        _served.Count.ShouldBe(2);
        shop.Listeners[0].Flow.ShouldBe(["pause"], "now it is full of those that are served");
    }

    [Clause("C-MAX-01")]
    [Fact]
    public void No_more_than_the_bound_are_served_at_once_also_if_their_handshakes_were_done()
    {
        Shop shop = Start(connections: 1);
        ScriptedTransport[] clients = [Connect(shop), Connect(shop), Connect(shop)];
        foreach (ScriptedTransport client in clients)
        {
            Greet(shop, client);
        }

        _served.Count.ShouldBe(1);
        shop.Server.ConnectionCount.ShouldBe(3);
        shop.Listeners[0].Flow.ShouldBe(["pause"]);
        clients[0].ArriveError(Wire.Reset);
        Settle(shop, clients);
        _served.Count.ShouldBe(2, "the next has its turn, in the order in which they were ready");
        _served[1].Writer.Write("x"u8);
        Settle(shop, clients);
        clients[1].Sent.ShouldNotBe(clients[2].Sent);
        clients[1].ArriveError(Wire.Reset);
        Settle(shop, clients);
        _served.Count.ShouldBe(3);
    }

    [Fact]
    public void At_the_bound_accepting_pauses_until_the_oldest_handshake_has_had_its_time()
    {
        Shop shop = Start(handshakes: 2);
        ScriptedTransport first = Connect(shop);
        shop.Time.Pass(TimeSpan.FromSeconds(1));
        ScriptedTransport second = Connect(shop);
        shop.Listeners[0].Flow.ShouldBe(["pause"]);
        shop.Time.Pass(TimeSpan.FromSeconds(4) - Tick);
        Settle(shop, first, second);
        shop.Errors.ShouldBeEmpty();
        shop.Time.Pass(Tick);
        Settle(shop, first, second);
        first.Calls.ShouldEndWith("abort");
        second.Calls.ShouldNotEndWith("abort");
        ConnectionException error = shop.Errors.ShouldHaveSingleItem().ShouldBeOfType<ConnectionException>();
        error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
        error.Message.ShouldContain("MaxHandshakes");
        shop.Listeners[0].Flow.ShouldBe(["pause", "resume"]);
        shop.Server.ConnectionCount.ShouldBe(1);
    }

    [Fact]
    public void One_that_has_had_its_time_gives_way_at_once_when_its_place_is_needed()
    {
        Shop shop = Start(handshakes: 2);
        ScriptedTransport first = Connect(shop);
        shop.Time.Pass(Patience * 2);
        Settle(shop, first);
        shop.Errors.ShouldBeEmpty("as long as there is a place for another one");
        ScriptedTransport second = Connect(shop);
        Settle(shop, first, second);
        first.Calls.ShouldEndWith("abort");
        shop.Errors.ShouldHaveSingleItem();
        shop.Listeners[0].Flow.ShouldBeEmpty();
        Greet(shop, second);
        _served.Count.ShouldBe(1);
    }

    [Fact]
    public void A_handshake_that_is_done_or_has_failed_makes_room()
    {
        Shop shop = Start(handshakes: 1);
        Greet(shop, Connect(shop));
        shop.Listeners[0].Flow.ShouldBe(["pause", "resume"]);
        ScriptedTransport stranger = Connect(shop);
        stranger.Arrive("G");
        Settle(shop, stranger);
        shop.Listeners[0].Flow.ShouldBe(["pause", "resume", "pause", "resume"]);
        shop.Errors.ShouldHaveSingleItem()
            .ShouldBeOfType<ConnectionException>()
            .Kind.ShouldBe(ConnectionErrorKind.TlsHandshakeFailed);
        ScriptedTransport gone = Connect(shop);
        gone.ArriveError(Wire.Reset);
        Settle(shop, gone);
        shop.Listeners[0].Flow.Count.ShouldBe(6);
        shop.Time.Pass(Patience * 3);
        shop.Errors.Count.ShouldBe(2);
    }

    [Fact]
    public void A_driver_that_does_not_pause_is_held_to_the_bound_too()
    {
        Shop shop = Start(handshakes: 2, backlog: 3);
        ScriptedTransport[] clients = [.. Enumerable.Range(0, 5).Select(_ => Connect(shop))];
        ScriptedTransport last = Connect(shop);
        last.Calls.ShouldEndWith("abort");
        shop.Errors.ShouldHaveSingleItem()
            .ShouldBeOfType<ConnectionException>()
            .Kind.ShouldBe(ConnectionErrorKind.ResourcesExhausted);
        shop.Time.Pass(Patience);
        Settle(shop, clients);
        clients.Count(client => client.Calls.EndsWith("abort", StringComparison.Ordinal)).ShouldBe(4);
        shop.Errors.Count.ShouldBe(5);
        shop.Listeners[0].Flow.ShouldBe(["pause", "resume"]);
    }

    [Clause("S-CLOSE-01")]
    [Fact]
    public void A_handshake_that_is_done_after_the_server_was_closed_is_served_if_there_is_a_place_and_else_reset()
    {
        Shop shop = Start(connections: 1);
        ScriptedTransport[] clients = [Connect(shop), Connect(shop)];
        shop.Server.Close();
        Greet(shop, clients[0]);
        Greet(shop, clients[1]);
        _served.Count.ShouldBe(1);
        clients[1].Calls.ShouldEndWith("abort");
        shop.Errors.ShouldBeEmpty("this side gave it up");
        shop.Time.TimersSet.ShouldBe(0);
    }

    [Fact]
    public void A_server_that_is_closed_presses_nobody()
    {
        Shop shop = Start(handshakes: 1);
        ScriptedTransport client = Connect(shop);
        shop.Server.Close();
        shop.Time.Pass(Patience * 2);
        Settle(shop, client);
        shop.Errors.ShouldBeEmpty();
        Greet(shop, client);
        _served.Count.ShouldBe(1);
    }

    [Fact]
    public void What_a_client_sent_right_after_its_handshake_is_handled_also_if_it_has_gone_by_then()
    {
        Shop shop = Start(connections: 1);
        ScriptedTransport client = Connect(shop);
        // A greeting, a record of one byte, a close_notify, and the end.
        client.Arrive("H");
        client.Arrive("\u0001A");
        client.Arrive("\u0000");
        client.ArriveEof();
        client.RunScheduled();
        Settle(shop, client);
        Bytes.Text(_served.ShouldHaveSingleItem().Reader.TakeBuffered()).ShouldBe("\u0001");
    }

    [Fact]
    public void Without_tls_there_are_no_handshakes_to_bound()
    {
        Shop shop = new(Shop.ForEver, new ServerOptions { MaxHandshakes = 1 });
        shop.Connect();
        shop.Connect();
        shop.Listeners[0].Flow.ShouldBeEmpty();
        shop.Server.ConnectionCount.ShouldBe(2);
    }

    [Fact]
    public void A_thousand_are_under_way_at_once_unless_another_bound_or_none_is_set()
    {
        ServerOptions.Default.MaxHandshakes.ShouldBe(1000);
        new ServerOptions { MaxHandshakes = null }.MaxHandshakes.ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => new ServerOptions { MaxHandshakes = 0 });
    }

    private Shop Start(int? connections = null, int? handshakes = 1000, int backlog = 100) =>
        new(
            connection =>
            {
                _served.Add(connection);
                return Shop.ForEver(connection);
            },
            new ServerOptions
            {
                MaxConnections = connections,
                MaxHandshakes = handshakes,
                Backlog = backlog,
                Tls = new TlsServerOptions(Certificates.Server) { Engine = new ToyEngine() },
            }
        );

    private static ScriptedTransport Connect(Shop shop)
    {
        ScriptedTransport transport = shop.Listeners[0].Accept(new ScriptedTransport { Time = shop.Time });
        shop.RunScheduled();
        return transport;
    }

    /// <summary>The client makes its part of the handshake.</summary>
    private static void Greet(Shop shop, ScriptedTransport transport)
    {
        transport.Arrive("H");
        Settle(shop, transport);
    }

    /// <summary>Runs all that is scheduled, on any of them.</summary>
    private static void Settle(Shop shop, params ScriptedTransport[] transports)
    {
        while (transports.Sum(transport => transport.RunScheduled()) + shop.RunScheduled() > 0) { }
    }
}
