using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public class HandlerTests
{
    [Clause("P-02")]
    [Fact]
    public void Each_connection_has_its_own_handler_not_on_the_stack_that_accepts()
    {
        List<Connection> handled = [];
        Shop shop = new(connection =>
        {
            handled.Add(connection);
            return Shop.ForEver(connection);
        });
        ScriptedTransport first = shop.Listeners[0].Accept();
        handled.ShouldBeEmpty();
        shop.RunScheduled();
        ScriptedTransport second = shop.Connect();
        handled.Count.ShouldBe(2);
        handled[0].Writer.Write(Bytes.Of("one"));
        handled[1].Writer.Write(Bytes.Of("two"));
        first.Sent.ShouldBe("one");
        second.Sent.ShouldBe("two");
        shop.Server.ConnectionCount.ShouldBe(2);
    }

    [Clause("P-08")]
    [Fact]
    public void A_connection_is_closed_in_order_when_its_handler_returns()
    {
        Shop shop = new(async connection =>
        {
            byte[] line = await connection.Reader.ReadLineAsync().ConfigureAwait(false);
            connection.Writer.Write(line);
        });
        ScriptedTransport transport = shop.Connect();
        transport.Limit(0);
        transport.Arrive("hello\n");
        transport.Calls.ShouldNotContain("close");
        transport.Accept(6);
        transport.Sent.ShouldBe("hello\n");
        transport.Calls.ShouldEndWith("close");
        shop.Server.ConnectionCount.ShouldBe(0);
        shop.Errors.ShouldBeEmpty();
    }

    [Clause("P-05", "P-06")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_handler_that_throws_aborts_only_its_own_connection_and_is_reported(bool atOnce)
    {
        NotSupportedException error = new();
        int count = 0;
        Shop shop = new(async connection =>
        {
            if (count++ > 0)
            {
                await Shop.ForEver(connection).ConfigureAwait(false);
            }

            await (atOnce ? Task.CompletedTask : connection.Reader.ReadLineAsync().AsTask()).ConfigureAwait(false);
            throw error;
        });
        ScriptedTransport bad = shop.Connect();
        ScriptedTransport good = shop.Connect();
        bad.Arrive("now\n");
        shop.Errors.ShouldBe([error]);
        bad.RunScheduled();
        bad.Calls.ShouldEndWith("abort");
        good.Calls.ShouldBe("receive");
        shop.Server.ConnectionCount.ShouldBe(1);
        shop.Server.IsServing.ShouldBeTrue();
    }

    [Clause("P-05")]
    [Fact]
    public void A_handler_that_throws_before_it_is_a_task_is_treated_no_differently()
    {
        NotSupportedException error = new();
        Shop shop = new(_ => throw error);
        ScriptedTransport transport = shop.Connect();
        shop.Errors.ShouldBe([error]);
        transport.Calls.ShouldEndWith("abort");
    }

    [Clause("P-07")]
    [Fact]
    public void A_handler_that_is_cancelled_closes_its_connection_silently()
    {
        Shop shop = new(_ => Task.FromCanceled(new CancellationToken(canceled: true)));
        ScriptedTransport transport = shop.Connect();
        shop.Errors.ShouldBeEmpty();
        transport.Calls.ShouldEndWith("close");
    }

    [Fact]
    public void A_handler_that_meets_a_lost_connection_is_reported()
    {
        Shop shop = new(async connection => await connection.Reader.ReadLineAsync().ConfigureAwait(false));
        ScriptedTransport transport = shop.Connect();
        transport.ArriveError(Wire.Reset);
        shop.Errors.ShouldBe([Wire.Reset]);
        shop.Server.ConnectionCount.ShouldBe(0);
    }

    [Clause("C-SRV-09")]
    [Fact]
    public void A_failed_accept_is_reported_and_serving_goes_on()
    {
        Shop shop = new();
        ConnectionException error = new(ConnectionErrorKind.ResourcesExhausted, "too many open files");
        shop.Listeners[0].Fail(error);
        shop.Errors.ShouldBe([error]);
        shop.Connect().Calls.ShouldBe("receive");
        shop.Server.ConnectionCount.ShouldBe(1);
    }

    [Fact]
    public void Errors_may_go_unheard()
    {
        ScriptedListener listener = new();
        StreamServer server = new ScriptedNetwork(listener)
            .StartServerAsync((Connection _) => throw new NotSupportedException())
            .AsTask()
            .Now();
        ScriptedTransport transport = listener.Accept();
        listener.RunScheduled();
        transport.Calls.ShouldEndWith("abort");
        listener.Fail(Wire.Reset);
        server.IsServing.ShouldBeTrue();
    }

    [Clause("P-02")]
    [Fact]
    public void A_handler_may_take_a_reader_and_a_writer()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        ScriptedListener listener = new();
        _ = new ScriptedNetwork(listener)
            .StartServerAsync(
                async (reader, writer) => writer.Write(await reader.ReadLineAsync().ConfigureAwait(false))
            )
            .AsTask()
            .Now();
        ScriptedTransport transport = listener.Accept();
        listener.RunScheduled();
        transport.Arrive("hello\n");
        transport.Sent.ShouldBe("hello\n");
    }

    [Fact]
    public void What_follows_a_handler_runs_in_the_context_that_it_was_started_in()
    {
        QueueContext context = new();
        ScriptedListener listener = new() { Context = context };
        _ = new ScriptedNetwork(listener)
            .StartServerAsync(async connection => await connection.Reader.ReadLineAsync().ConfigureAwait(false))
            .AsTask()
            .Now();
        ScriptedTransport transport = listener.Accept();
        listener.RunScheduled();
        transport.Arrive("line\n");
        transport.Calls.ShouldNotContain("close", customMessage: "the driver's stack is not the program's");
        context.Run();
        transport.Calls.ShouldEndWith("close");
    }

    [Fact]
    public void Clients_are_closed_in_the_order_in_which_they_came()
    {
        Shop shop = new();
        List<int> order = [];
        for (int i = 0; i < 12; i++)
        {
            int number = i;
            shop.Listeners[0].Accept(new ScriptedTransport { DuringClose = () => order.Add(number) });
        }

        shop.Server.CloseClients();
        order.ShouldBe(Enumerable.Range(0, 12));
    }

    [Fact]
    public void Connections_buffer_as_the_servers_options_say()
    {
        List<Connection> handled = [];
        Shop shop = new(
            connection =>
            {
                handled.Add(connection);
                return Task.CompletedTask;
            },
            new ServerOptions { Limit = 3, WriteBufferLimits = WriteBufferLimits.Create(5) }
        );
        shop.Connect();
        handled[0].Reader.Limit.ShouldBe(3);
        handled[0].Writer.WriteBufferLimits.High.ShouldBe(5);
    }
}
