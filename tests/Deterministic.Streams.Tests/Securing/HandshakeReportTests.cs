using Deterministic.Core;

namespace Deterministic.Streams.Tests;

/// <summary>Whether a handshake failed or was given up is decided by who ended the connection, and each failure is reported once.</summary>
[Clause("C-SRV-07", "S-FAIL-01")]
public sealed class HandshakeReportTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(200);
    private readonly ScriptedTime _time = new();

    [Clause("W-CLOSE-07")]
    [Fact]
    public void A_handshake_that_timed_out_is_reported_also_if_its_end_is_heard_of_before_the_connection_is_gone()
    {
        Shop shop = Start(new ToyEngine());
        ScriptedTransport transport = Connect(shop);
        // Another thread goes on with what waits for the handshake, while this one is about to end the connection.
        transport.DuringAbort = () => transport.RunScheduled();
        _time.Pass(Timeout);
        transport.RunScheduled();
        shop.Errors.ShouldHaveSingleItem()
            .ShouldBeOfType<ConnectionException>()
            .Kind.ShouldBe(ConnectionErrorKind.TimedOut);
        shop.Server.FailureCount.ShouldBe(1);
        shop.Server.ConnectionCount.ShouldBe(0);
    }

    [Fact]
    public void A_failure_of_kind_aborted_is_a_failure_like_any_other()
    {
        ConnectionException refused = new(ConnectionErrorKind.Aborted, "the engine does not want to");
        Shop shop = Start(new FailingEngine(refused));
        Connect(shop).RunScheduled();
        shop.Errors.ShouldHaveSingleItem().ShouldBeSameAs(refused);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_handshake_that_the_server_gives_up_is_nobodys_failure(bool begun)
    {
        Shop shop = Start(new ToyEngine());
        ScriptedTransport transport = shop.Listeners[0].Accept(new ScriptedTransport { Time = _time });
        if (begun)
        {
            shop.RunScheduled();
        }

        shop.Server.AbortClients();
        shop.RunScheduled();
        transport.RunScheduled();
        shop.Errors.ShouldBeEmpty();
        shop.Server.FailureCount.ShouldBe(0);
        shop.Server.ConnectionCount.ShouldBe(0);
        _time.TimersSet.ShouldBe(0);
    }

    [Fact]
    public void A_server_that_aborts_its_clients_after_a_handshake_timed_out_has_that_failure()
    {
        Shop shop = Start(new ToyEngine());
        ScriptedTransport transport = Connect(shop);
        _time.Pass(Timeout);
        shop.Server.AbortClients();
        transport.RunScheduled();
        shop.Errors.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("end")]
    [InlineData("stranger")]
    public void Whatever_else_ends_a_handshake_is_reported_once(string what)
    {
        Shop shop = Start(new ToyEngine());
        ScriptedTransport transport = Connect(shop);
        switch (what)
        {
            case "reset":
                transport.ArriveError(Wire.Reset);
                break;
            case "end":
                transport.ArriveEof();
                break;
            default:
                transport.Arrive("G");
                break;
        }

        transport.RunScheduled();
        shop.Errors.ShouldHaveSingleItem();
        shop.Server.FailureCount.ShouldBe(1);
        shop.Server.ConnectionCount.ShouldBe(0);
    }

    [Fact]
    public void A_time_out_that_rings_just_after_the_handshake_was_done_does_not_touch_the_connection()
    {
        LateTime time = new();
        List<Connection> served = [];
        Shop shop = Start(
            new ToyEngine(),
            connection =>
            {
                served.Add(connection);
                return Shop.ForEver(connection);
            }
        );
        ScriptedTransport transport = shop.Listeners[0].Accept(new ScriptedTransport { Time = time });
        shop.RunScheduled();
        transport.Arrive("H");
        transport.RunScheduled();
        served.Count.ShouldBe(1);
        time.RingAll();
        transport.RunScheduled();
        served[0].Writer.IsClosing.ShouldBeFalse();
        shop.Errors.ShouldBeEmpty();
    }

    [Clause("C-OPEN-11")]
    [Fact]
    public void A_handshake_that_failed_says_why_also_if_it_is_cancelled_before_anybody_hears_of_it()
    {
        TlsPair pair = new();
        using CancellationTokenSource source = new();
        Task client = pair.Client.StartTlsAsync(TlsPair.ClientOptions, source.Token);
        pair.Queue.Run();
        pair.Time.Advance(TimeSpan.FromSeconds(60));
        source.Cancel();
        pair.Error(client, ConnectionErrorKind.TimedOut);
        pair.Now(pair.Client.Writer.WaitClosedAsync());
    }

    private static Shop Start(TlsEngine engine, Func<Connection, Task>? handler = null) =>
        new(
            handler,
            new ServerOptions
            {
                Tls = new TlsServerOptions(Certificates.Server) { Engine = engine, HandshakeTimeout = Timeout },
            }
        );

    private ScriptedTransport Connect(Shop shop)
    {
        ScriptedTransport transport = shop.Listeners[0].Accept(new ScriptedTransport { Time = _time });
        shop.RunScheduled();
        return transport;
    }

    private sealed class FailingEngine(Exception error) : TlsEngine
    {
        public override ValueTask<TlsSession> ConnectAsync(
            Stream ciphertext,
            TlsClientOptions options,
            string serverName,
            TimeProvider timeProvider
        ) => throw error;

        public override ValueTask<TlsSession> AcceptAsync(
            Stream ciphertext,
            TlsServerOptions options,
            TimeProvider timeProvider
        ) => throw error;
    }

    /// <summary>Timers that ring although they were disposed of: on another thread, theirs had begun to.</summary>
    private sealed class LateTime : TimeProvider
    {
        private readonly List<Action> _timers = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timers.Add(() => callback(state));
            return new LateTimer();
        }

        public void RingAll() => _timers.ForEach(ring => ring());

        private sealed class LateTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() { }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
