namespace Deterministic.Streams.Tests;

/// <summary>Handlers that return at once.</summary>
public class PlainHandlerTests
{
    private readonly ScriptedListener _listener = new();
    private readonly List<Exception> _errors = [];

    public PlainHandlerTests() => SynchronizationContext.SetSynchronizationContext(null);

    [Clause("P-03", "P-04")]
    [Fact]
    public void A_connection_stays_open_after_a_plain_handler_until_somebody_closes_it()
    {
        Connection? kept = null;
        StreamServer server = Serve(connection => kept = connection);
        ScriptedTransport transport = Connect();
        transport.Calls.ShouldBe("receive");
        transport.ArriveEof();
        transport.RunScheduled();
        server.ConnectionCount.ShouldBe(1, "the peer's end is not ours: W-HALF-01");
        kept!.Writer.Write(Bytes.Of("still here"));
        transport.Sent.ShouldBe("still here");
        kept.Writer.Close();
        transport.RunScheduled();
        transport.Calls.ShouldEndWith("close");
        server.ConnectionCount.ShouldBe(0);
        _errors.ShouldBeEmpty();
    }

    [Clause("P-03")]
    [Fact]
    public void A_connection_whose_plain_handler_has_returned_is_lost_without_a_report()
    {
        StreamServer server = Serve(_ => { });
        Connect().ArriveError(Wire.Reset);
        server.ConnectionCount.ShouldBe(0);
        _errors.ShouldBeEmpty();
    }

    [Clause("P-03")]
    [Fact]
    public void A_plain_handler_may_take_a_reader_and_a_writer()
    {
        ServerOptions options = new() { OnError = _errors.Add };
        _ = new ScriptedNetwork(_listener)
            .StartServerAsync((_, writer) => writer.Write(Bytes.Of("hello")), options: options)
            .AsTask()
            .Now();
        ScriptedTransport transport = Connect();
        transport.Sent.ShouldBe("hello");
        transport.Calls.ShouldNotContain("close");
    }

    [Clause("P-05")]
    [Fact]
    public void A_plain_handler_that_throws_is_reported_and_its_connection_aborted()
    {
        NotSupportedException mistake = new();
        Serve(
            (Action<Connection>)(
                _ =>
                {
                    throw mistake;
                }
            )
        );
        Connect().Calls.ShouldEndWith("abort");
        _errors.ShouldBe([mistake]);
    }

    [Clause("P-03")]
    [Fact]
    public void An_async_lambda_is_a_handler_that_returns_a_task()
    {
        ServerOptions options = new() { OnError = _errors.Add };
        ScriptedNetwork network = new(_listener);
        NotSupportedException mistake = new();
        _ = network
            .StartServerAsync(
                async connection =>
                {
                    await connection.Reader.ReadLineAsync().ConfigureAwait(false);
                    throw mistake;
                },
                options: options
            )
            .AsTask()
            .Now();
        ScriptedTransport transport = Connect();
        transport.Arrive("now\n");
        // An async void would have thrown into the thread pool.
        _errors.ShouldBe([mistake]);
        transport.Calls.ShouldEndWith("abort");
    }

    [Clause("P-03")]
    [Fact]
    public void A_lambda_that_returns_a_task_is_awaited()
    {
        TaskCompletionSource over = new();
        _ = new ScriptedNetwork(_listener).StartServerAsync(_ => over.Task).AsTask().Now();
        ScriptedTransport transport = Connect();
        transport.Calls.ShouldNotContain("close");
        over.SetResult();
        transport.Calls.ShouldEndWith("close");
    }

    private StreamServer Serve(Action<Connection> handler) =>
        new ScriptedNetwork(_listener)
            .StartServerAsync(handler, options: new ServerOptions { OnError = _errors.Add })
            .AsTask()
            .Now();

    private ScriptedTransport Connect()
    {
        ScriptedTransport transport = _listener.Accept();
        _listener.RunScheduled();
        return transport;
    }
}
