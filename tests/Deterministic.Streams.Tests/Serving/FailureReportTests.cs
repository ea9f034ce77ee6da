using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public class FailureReportTests
{
    private static readonly NotSupportedException Mistake = new("mistake");

    [Clause("P-06")]
    [Fact]
    public void Whoever_listens_hears_of_the_connection_and_the_exception_once_it_is_aborted()
    {
        ScriptedTransport transport = new();
        Shop shop = new(_ => throw Mistake);
        List<(object?, ConnectionFailedEventArgs, string)> heard = [];
        shop.Server.ConnectionFailed += (sender, failure) => heard.Add((sender, failure, transport.Calls));
        shop.Listeners[0].Accept(transport);
        shop.RunScheduled();
        (object? sender, ConnectionFailedEventArgs failure, string calls) = heard.ShouldHaveSingleItem();
        sender.ShouldBeSameAs(shop.Server);
        failure.Error.ShouldBeSameAs(Mistake);
        failure.LocalEndPoint.ShouldBeSameAs(transport.LocalEndPoint);
        failure.RemoteEndPoint.ShouldBeSameAs(transport.RemoteEndPoint);
        calls.ShouldEndWith("abort");
        shop.Errors.ShouldBe([Mistake], "the callback is called as well");
    }

    public static TheoryData<string, Func<Exception, Exception>, bool> AfterABound =>
        new()
        {
            { "the same", error => error, false },
            { "a loss with it inside", error => new IOException("lost", error), false },
            { "an exception of its own with it inside", error => new InvalidOperationException("mine", error), true },
            { "another one", _ => new InvalidOperationException("mine"), true },
        };

    [Clause("S-FAIL-01")]
    [Theory]
    [MemberData(nameof(AfterABound), DisableDiscoveryEnumeration = true)]
    public void What_a_handler_throws_after_a_bound_has_ended_its_connection_is_reported_if_it_is_its_own(
        string what,
        Func<Exception, Exception> make,
        bool isReported
    )
    {
        Exception? thrown = null;
        Shop shop = new(
            async connection =>
            {
                try
                {
                    await connection.Reader.ReadAsync(1);
                }
                catch (ConnectionException error)
                {
                    thrown = make(error);
                    throw thrown;
                }
            },
            new ServerOptions { IdleTimeout = TimeSpan.FromSeconds(1) }
        );
        ScriptedTime time = new();
        ScriptedTransport transport = shop.Listeners[0].Accept(new ScriptedTransport { Time = time });
        shop.RunScheduled();
        time.Pass(TimeSpan.FromSeconds(1));
        transport.RunScheduled();
        shop.RunScheduled();
        thrown.ShouldNotBeNull(what);
        shop.Errors[0].ShouldBeOfType<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.TimedOut);
        shop.Errors.Skip(1).ShouldBe(isReported ? [thrown] : []);
        shop.Server.FailureCount.ShouldBe(isReported ? 2 : 1);
    }

    [Clause("S-FAIL-01", "W-MAX-02")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_write_over_the_bound_that_aborts_the_connection_is_reported_once_whether_or_not_the_handler_drains(
        bool drains
    )
    {
        Shop shop = new(
            async connection =>
            {
                connection.Writer.Write(new byte[11]);
                if (drains)
                {
                    await connection.Writer.DrainAsync();
                }
            },
            new ServerOptions { MaxUnsentBytes = 10, UnsentOverflow = UnsentOverflow.AbortConnection }
        );
        ScriptedTransport transport = shop.Connect();
        transport.RunScheduled();
        shop.RunScheduled();
        transport.Calls.ShouldEndWith("abort");
        shop.Errors.ShouldHaveSingleItem().Message.ShouldContain("MaxUnsentBytes");
        shop.Server.FailureCount.ShouldBe(1);
    }

    [Clause("P-06")]
    [Fact]
    public void A_listener_that_throws_harms_neither_the_server_nor_the_next_listener()
    {
        InvalidOperationException clumsy = new("clumsy");
        List<Exception> heard = [];
        Shop shop = new(
            connection => connection.Reader.Limit == 1 ? Shop.ForEver(connection) : throw Mistake,
            new ServerOptions { Limit = 2 }
        );
        shop.Server.ConnectionFailed += (_, _) => throw clumsy;
        shop.Server.ConnectionFailed += (_, failure) => heard.Add(failure.Error);
        ScriptedTransport first = shop.Connect();
        ScriptedTransport second = shop.Connect();
        heard.ShouldBe([Mistake, Mistake]);
        first.Calls.ShouldEndWith("abort");
        second.Calls.ShouldEndWith("abort");
        first.RunScheduled();
        second.RunScheduled();
        shop.Server.IsServing.ShouldBeTrue();
        shop.Server.ConnectionCount.ShouldBe(0);
        shop.Server.FailureCount.ShouldBe(4);
        shop.Server.LastFailure.ShouldBeSameAs(clumsy);
    }

    [Clause("P-06", "C-SRV-09")]
    [Fact]
    public void A_callback_that_throws_harms_neither_the_server_nor_accepting()
    {
        ScriptedListener listener = new();
        StreamServer server = new ScriptedNetwork(listener)
            .StartServerAsync(
                (Connection _) => throw Mistake,
                options: new ServerOptions { OnError = _ => throw new InvalidOperationException() }
            )
            .AsTask()
            .Now();
        ScriptedTransport transport = listener.Accept();
        listener.RunScheduled();
        transport.Calls.ShouldEndWith("abort");
        Should.NotThrow(() => listener.Fail(Wire.Reset));
        server.IsServing.ShouldBeTrue();
        server.FailureCount.ShouldBe(4);
    }

    [Clause("P-06")]
    [Fact]
    public void What_nobody_listens_for_is_counted_and_the_last_kept()
    {
        ScriptedListener listener = new();
        StreamServer server = new ScriptedNetwork(listener)
            .StartServerAsync((Connection _) => throw Mistake)
            .AsTask()
            .Now();
        server.FailureCount.ShouldBe(0);
        server.LastFailure.ShouldBeNull();
        listener.Accept();
        listener.RunScheduled();
        server.FailureCount.ShouldBe(1);
        server.LastFailure.ShouldBeSameAs(Mistake);
        ConnectionException accept = new(ConnectionErrorKind.ResourcesExhausted, "too many open files");
        listener.Fail(accept);
        server.FailureCount.ShouldBe(2);
        server.LastFailure.ShouldBeSameAs(accept);
    }

    [Fact]
    public void Who_listens_no_more_hears_no_more()
    {
        Shop shop = new(_ => throw Mistake);
        int heard = 0;
        shop.Server.ConnectionFailed += Count;
        shop.Connect();
        shop.Server.ConnectionFailed -= Count;
        shop.Connect();
        heard.ShouldBe(1);

        void Count(object? sender, ConnectionFailedEventArgs failure) => heard++;
    }
}
