namespace Deterministic.Streams.Tests;

public class CallbackFailureTests
{
    private static readonly NotSupportedException Mistake = new("mistake");

    [Clause("P-22")]
    [Theory]
    [InlineData("made", "made lost")]
    [InlineData("data", "made data lost")]
    [InlineData("eof", "made data eof lost")]
    [InlineData("pause", "made data pause lost")]
    [InlineData("resume", "made data pause resume lost")]
    public void What_a_callback_throws_aborts_the_connection_and_is_what_it_is_lost_with(string callback, string told)
    {
        Line line = new(protocol => protocol.Does[callback] = _ => throw Mistake, high: 8);
        Play(line.Wire, callback, () => Should.NotThrow(() => line.SaturatedWriter(9)));
        line.Told.ShouldBe(told);
        line.Wire.Calls.ShouldEndWith("abort");
        line.Protocol.Error.ShouldBeSameAs(Mistake);
        line.Transport.Completion.Error<NotSupportedException>().ShouldBeSameAs(Mistake);
    }

    [Clause("P-22")]
    [Fact]
    public void What_the_last_callback_throws_is_reported_too()
    {
        Line line = new(protocol => protocol.Does["lost"] = _ => throw Mistake);
        line.Wire.ArriveError(Wire.Reset);
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made lost", "once");
        line.Transport.Completion.Error<NotSupportedException>().ShouldBeSameAs(Mistake);
    }

    [Clause("P-22")]
    [Fact]
    public void The_first_exception_is_the_one_that_counts()
    {
        Line line = new(protocol =>
        {
            protocol.Does["data"] = _ => throw Mistake;
            protocol.Does["lost"] = _ => throw new InvalidOperationException("a second one");
        });
        line.Wire.Arrive("data");
        line.Wire.RunScheduled();
        line.Transport.Completion.Error<NotSupportedException>().ShouldBeSameAs(Mistake);
    }

    [Clause("P-22")]
    [Theory]
    [InlineData("made")]
    [InlineData("data")]
    [InlineData("eof")]
    [InlineData("lost")]
    public void A_server_reports_it_and_serves_on(string callback)
    {
        List<RecordingProtocol> protocols = [];
        ScriptedListener listener = new();
        List<Exception> errors = [];
        List<Exception> heard = [];
        StreamServer server = new ScriptedNetwork(listener)
            .StartProtocolServerAsync(
                () =>
                {
                    RecordingProtocol protocol = new() { KeepsOpen = true };
                    if (protocols.Count == 0)
                    {
                        protocol.Does[callback] = _ => throw Mistake;
                    }

                    protocols.Add(protocol);
                    return protocol;
                },
                options: new ServerOptions { OnError = errors.Add }
            )
            .AsTask()
            .Now();
        server.ConnectionFailed += (_, failure) => heard.Add(failure.Error);
        ScriptedTransport bad = listener.Accept();
        ScriptedTransport good = listener.Accept();
        listener.RunScheduled();
        bad.Arrive("x");
        bad.ArriveEof();
        bad.RunScheduled();
        if (callback == "lost")
        {
            server.CloseClients();
            bad.RunScheduled();
        }

        errors.ShouldBe([Mistake]);
        heard.ShouldBe([Mistake]);
        server.IsServing.ShouldBeTrue();
        protocols[1].Told.ShouldBe("made");
        good.Calls.ShouldStartWith("receive");
    }

    [Clause("P-22")]
    [Fact]
    public void A_factory_that_fails_aborts_the_connection_and_is_told_to_whoever_connects()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        ScriptedNetwork network = new();
        network
            .ConnectProtocolAsync<RecordingProtocol>(() => throw Mistake, "there", 80)
            .AsTask()
            .Error<NotSupportedException>()
            .ShouldBeSameAs(Mistake);
        network.Transport.Calls.ShouldEndWith("abort");
    }

    [Clause("P-22")]
    [Fact]
    public void A_factory_that_fails_on_a_server_is_reported()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        ScriptedListener listener = new();
        StreamServer server = new ScriptedNetwork(listener).StartProtocolServerAsync(() => null!).AsTask().Now();
        ScriptedTransport transport = listener.Accept();
        listener.RunScheduled();
        transport.Calls.ShouldEndWith("abort");
        server.LastFailure.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("factory");
    }

    [Fact]
    public void Arguments_must_be_given()
    {
        ScriptedNetwork network = new(new ScriptedListener());
        Name(() => network.ConnectProtocolAsync<RecordingProtocol>(null!, "there", 80).AsTask().Now())
            .ShouldBe("factory");
        Name(() => network.StartProtocolServerAsync(null!).AsTask().Now()).ShouldBe("factory");
        Name(() => new Line().Transport.SetProtocol(null!)).ShouldBe("protocol");

        static string? Name(Action call) => Should.Throw<ArgumentNullException>(call).ParamName;
    }

    /// <summary>Drives a protocol through its callbacks, as far as the one in question.</summary>
    private static void Play(ScriptedTransport wire, string until, Action clog)
    {
        if (until != "made")
        {
            wire.Arrive("data");
        }

        switch (until)
        {
            case "eof":
                wire.ArriveEof();
                break;
            case "pause":
                clog();
                break;
            case "resume":
                clog();
                wire.RunScheduled();
                wire.Accept(9);
                break;
        }

        wire.RunScheduled();
    }
}
