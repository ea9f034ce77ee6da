using Deterministic.Core;

namespace Deterministic.Streams.Tests;

/// <summary>A server ends connections on which nothing moves.</summary>
[Clause("S-IDLE-01")]
public sealed class IdleTimeoutTests
{
    private const int Seconds = 60;
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private readonly ScriptedTime _time = new();

    [Fact]
    public void A_client_that_says_nothing_is_ended_when_the_time_is_up_and_not_before()
    {
        Shop shop = Start(Shop.ForEver);
        ScriptedTransport transport = Connect(shop);
        Pass(transport, TimeSpan.FromSeconds(Seconds) - Tick);
        shop.Server.ConnectionCount.ShouldBe(1);
        Pass(transport, Tick);
        shop.Server.ConnectionCount.ShouldBe(0);
        transport.Calls.ShouldBe("receive abort");
        ConnectionException error = shop.Errors.ShouldHaveSingleItem().ShouldBeOfType<ConnectionException>();
        error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
        error.Message.ShouldContain("00:01:00");
        _time.TimersSet.ShouldBe(0);
    }

    [Theory]
    [InlineData("receive")]
    [InlineData("write")]
    [InlineData("queue")]
    public void Each_byte_received_or_taken_by_the_network_begins_the_time_anew(string what)
    {
        Connection? served = null;
        Shop shop = Start(connection =>
        {
            served = connection;
            return Shop.ForEver(connection);
        });
        ScriptedTransport transport = Connect(shop);
        if (what == "queue")
        {
            transport.Limit(0);
            served!.Writer.Write(new byte[100]);
        }

        for (int i = 0; i < 20; i++)
        {
            Pass(transport, TimeSpan.FromSeconds(Seconds) - Tick);
            switch (what)
            {
                case "receive":
                    transport.Arrive("x");
                    break;
                case "write":
                    served!.Writer.Write("x"u8);
                    break;
                default:
                    transport.Accept(1);
                    break;
            }
        }

        shop.Server.ConnectionCount.ShouldBe(1);
        Pass(transport, TimeSpan.FromSeconds(Seconds) - Tick);
        shop.Server.ConnectionCount.ShouldBe(1);
        Pass(transport, Tick);
        shop.Server.ConnectionCount.ShouldBe(0);
        shop.Errors.Count.ShouldBe(1);
    }

    [Clause("S-IDLE-02")]
    [Theory]
    [InlineData("peer-ended")]
    [InlineData("own-end")]
    [InlineData("paused-reader")]
    [InlineData("unsent")]
    [InlineData("closing")]
    public void It_goes_by_bytes_alone_whoever_holds_them_up(string what)
    {
        Connection? served = null;
        ServerOptions options = new()
        {
            IdleTimeout = TimeSpan.FromSeconds(Seconds),
            Limit = 4,
            ShutdownTimeout = null,
        };
        Shop shop = new(
            connection =>
            {
                served = connection;
                return Shop.ForEver(connection);
            },
            options
        );
        ScriptedTransport transport = Connect(shop);
        switch (what)
        {
            case "peer-ended":
                transport.ArriveEof();
                break;
            case "own-end":
                served!.Writer.WriteEof();
                break;
            case "paused-reader":
                transport.Arrive("123456789");
                transport.IsReceiving.ShouldBeFalse("it is paused");
                break;
            default:
                transport.Limit(0);
                served!.Writer.Write("x"u8);
                if (what == "closing")
                {
                    served.Writer.Close();
                }

                break;
        }

        Pass(transport, TimeSpan.FromSeconds(Seconds) - Tick);
        shop.Server.ConnectionCount.ShouldBe(1);
        Pass(transport, Tick);
        shop.Server.ConnectionCount.ShouldBe(0);
        shop.Errors.ShouldHaveSingleItem();
        _time.TimersSet.ShouldBe(0);
    }

    [Clause("S-FAIL-01")]
    [Theory]
    [InlineData("lets it go")]
    [InlineData("wraps it")]
    [InlineData("catches it")]
    [InlineData("catches it and fails")]
    public void It_is_reported_once_whatever_the_handler_makes_of_it(string what)
    {
        InvalidDataException mistake = new("mistake");
        Exception? seen = null;
        Shop shop = Start(async connection =>
        {
            try
            {
                await connection.Reader.ReadLineAsync();
            }
            catch (ConnectionException error)
            {
                seen = error;
                switch (what)
                {
                    case "lets it go":
                        throw;
                    case "wraps it":
                        throw new EndOfStreamException("no line", error);
                    case "catches it and fails":
                        throw mistake;
                }
            }
        });
        ScriptedTransport transport = Connect(shop);
        Pass(transport, TimeSpan.FromSeconds(Seconds));
        shop.RunScheduled();
        seen.ShouldBeOfType<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.TimedOut);
        shop.Errors.ShouldBe(what == "catches it and fails" ? [seen, mistake] : [seen]);
        shop.Server.FailureCount.ShouldBe(shop.Errors.Count);
    }

    [Fact]
    public void Fifty_silent_clients_give_their_places_to_others()
    {
        const int Places = 50;
        int served = 0;
        ServerOptions options = new()
        {
            MaxConnections = Places,
            IdleTimeout = TimeSpan.FromSeconds(Seconds),
            Backlog = Places,
        };
        Shop shop = new(
            connection =>
            {
                served++;
                return Shop.ForEver(connection);
            },
            options
        );
        ScriptedTransport[] silent = [.. Enumerable.Range(0, Places + 1).Select(_ => Connect(shop))];
        shop.Listeners[0].Flow.ShouldBe(["pause"]);
        served.ShouldBe(Places);
        _time.Pass(TimeSpan.FromSeconds(Seconds));
        foreach (ScriptedTransport transport in silent)
        {
            transport.RunScheduled();
        }

        shop.RunScheduled();
        shop.Errors.Count.ShouldBe(Places + 1, "one that waits for a place is as silent");
        shop.Server.ConnectionCount.ShouldBe(0);
        shop.Listeners[0].Flow.ShouldBe(["pause", "resume"]);
        Connect(shop);
        served.ShouldBeGreaterThan(Places);
    }

    [Fact]
    public void A_connection_that_is_over_leaves_no_timer()
    {
        foreach (bool abort in new[] { true, false })
        {
            Shop shop = Start(Shop.ForEver);
            ScriptedTransport transport = Connect(shop);
            _time.TimersSet.ShouldBe(1);
            if (abort)
            {
                shop.Server.AbortClients();
            }
            else
            {
                transport.ArriveError(Wire.Reset);
            }

            transport.RunScheduled();
            _time.TimersSet.ShouldBe(0);
            Pass(transport, TimeSpan.FromDays(1));
            shop.Errors.ShouldBeEmpty();
        }
    }

    [Fact]
    public void A_time_longer_than_a_timer_takes_is_kept_all_the_same()
    {
        TimeSpan longTime = TimeSpan.FromDays(120);
        Shop shop = new(Shop.ForEver, new ServerOptions { IdleTimeout = longTime });
        ScriptedTransport transport = Connect(shop);
        for (int day = 1; day < 120; day++)
        {
            Pass(transport, TimeSpan.FromDays(1));
        }

        shop.Server.ConnectionCount.ShouldBe(1);
        Pass(transport, TimeSpan.FromDays(1));
        shop.Server.ConnectionCount.ShouldBe(0);
    }

    [Fact]
    public void There_is_none_unless_it_is_set_and_none_can_be_said_in_two_ways()
    {
        ServerOptions.Default.IdleTimeout.ShouldBeNull();
        new ServerOptions { IdleTimeout = Timeout.InfiniteTimeSpan }.IdleTimeout.ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => new ServerOptions { IdleTimeout = TimeSpan.Zero });
        Should.Throw<ArgumentOutOfRangeException>(() => new ServerOptions { IdleTimeout = -Tick });
        Shop shop = new();
        ScriptedTransport transport = Connect(shop);
        Pass(transport, TimeSpan.FromDays(1000));
        shop.Server.ConnectionCount.ShouldBe(1);
    }

    private static Shop Start(Func<Connection, Task> handler) =>
        new(handler, new ServerOptions { IdleTimeout = TimeSpan.FromSeconds(Seconds) });

    private ScriptedTransport Connect(Shop shop)
    {
        ScriptedTransport transport = shop.Listeners[0].Accept(new ScriptedTransport { Time = _time });
        shop.RunScheduled();
        return transport;
    }

    private void Pass(ScriptedTransport transport, TimeSpan span)
    {
        _time.Pass(span);
        transport.RunScheduled();
    }
}
