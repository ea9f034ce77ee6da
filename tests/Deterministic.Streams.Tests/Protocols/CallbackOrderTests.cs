using Deterministic.Streams.Protocols;

namespace Deterministic.Streams.Tests;

public class CallbackOrderTests
{
    [Clause("P-17")]
    [Documented("BaseProtocol.connection_made(transport)")]
    [Fact]
    public void The_connection_is_made_before_anybody_has_its_transport()
    {
        Line line = new();
        line.Told.ShouldBe("made");
        line.Protocol.Transport.ShouldBeSameAs(line.Transport);
        line.Transport.Protocol.ShouldBeSameAs(line.Protocol);
        line.Transport.IsReading.ShouldBeTrue();
        line.Transport.IsClosing.ShouldBeFalse();
        line.Transport.Completion.ShouldWait();
    }

    [Clause("P-17", "P-18")]
    [Documented("Protocol.data_received(data)")]
    [Fact]
    public void Data_then_the_end_then_the_loss()
    {
        Line line = new();
        line.Wire.Arrive("one");
        line.Wire.Arrive("two");
        line.Wire.ArriveEof();
        line.Protocol.Received.ShouldBe("onetwo");
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made data data eof lost");
        line.Wire.Calls.ShouldEndWith("close");
        line.Protocol.Error.ShouldBeNull();
        line.Transport.Completion.Now();
    }

    [Clause("P-18")]
    [Documented("WriteTransport.write(data)")]
    [Fact]
    public void A_protocol_that_keeps_its_half_writes_on_after_the_peers_end()
    {
        Line line = new(protocol => protocol.KeepsOpen = true);
        line.Wire.ArriveEof();
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made eof");
        line.Write("still here");
        line.Wire.Sent.ShouldBe("still here");
        line.Transport.WriteEof();
        line.Wire.Calls.ShouldEndWith("shutdown");
        line.Transport.Close();
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made eof lost");
    }

    [Clause("P-17", "P-18")]
    [Theory]
    [InlineData(true, "close")]
    [InlineData(false, "abort")]
    public void Ended_by_this_side_it_receives_no_more_and_is_lost_without_an_error_on_another_stack(
        bool inOrder,
        string call
    )
    {
        Line line = new();
        End(line.Transport, inOrder);
        End(line.Transport, inOrder);
        line.Told.ShouldBe("made", "never on the stack of the one who closes");
        line.Transport.IsClosing.ShouldBeTrue();
        line.Transport.IsReading.ShouldBeFalse();
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made lost", "there is no end of file to tell");
        line.Protocol.Error.ShouldBeNull();
        line.Wire.Calls.ShouldEndWith(call);

        static void End(ProtocolTransport transport, bool inOrder)
        {
            if (inOrder)
            {
                transport.Close();
            }
            else
            {
                transport.Abort();
            }
        }
    }

    [Clause("P-17")]
    [Fact]
    public void Closed_while_it_makes_the_connection_it_is_lost_next()
    {
        Line line = new(protocol =>
            protocol.Does["made"] = made =>
            {
                made.Transport.Write(Bytes.Of("bye"));
                made.Transport.Close();
            }
        );
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made lost");
        line.Wire.Sent.ShouldBe("bye");
    }

    [Clause("P-18")]
    [Fact]
    public void Closed_while_it_receives_it_receives_nothing_after_that()
    {
        Line line = new(protocol => protocol.Does["data"] = receiving => receiving.Transport.Close());
        line.Wire.Arrive("first");
        line.Wire.Arrive("second");
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made data lost");
        line.Protocol.Received.ShouldBe("first");
    }

    [Clause("P-17", "P-18")]
    [Documented("BaseProtocol.connection_lost(exc)")]
    [Fact]
    public void A_loss_is_told_with_its_error_and_after_what_had_arrived_before()
    {
        Line line = new();
        line.Protocol.Does["data"] = receiving =>
        {
            // While this callback runs, as on another thread, more arrives, and then the reset.
            receiving.Does.Clear();
            line.Wire.Arrive("second");
            line.Wire.ArriveError(Wire.Reset);
        };
        line.Wire.Arrive("first");
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made data data lost");
        line.Protocol.Received.ShouldBe("firstsecond");
        line.Protocol.Error.ShouldBeSameAs(Wire.Reset);
        line.Transport.Completion.Now();
    }

    [Clause("P-17")]
    [Fact]
    public void Nothing_is_told_after_the_loss()
    {
        Line line = new();
        line.Wire.ArriveError(Wire.Reset);
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made lost");
        line.Write(new string('x', 100));
        line.Transport.WriteBufferLimits = Core.WriteBufferLimits.Create(0);
        line.Transport.PauseReading();
        line.Transport.ResumeReading();
        line.Transport.Close();
        line.Transport.Abort();
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made lost");
        line.Transport.IsReading.ShouldBeFalse();
    }

    [Clause("P-19")]
    [Documented("BaseTransport.set_protocol(protocol)")]
    [Fact]
    public void Another_protocol_set_in_a_callback_gets_the_callbacks_after_it()
    {
        RecordingProtocol next = new();
        Line line = new(protocol => protocol.Does["data"] = told => told.Transport.SetProtocol(next));
        line.Wire.Arrive("upgrade");
        line.Wire.Arrive("data of the other");
        line.Wire.ArriveEof();
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made data");
        next.Told.ShouldBe("data eof lost", "its connection is made by whoever sets it");
        line.Transport.Protocol.ShouldBeSameAs(next);
    }

    [Clause("P-17")]
    [Documented("loop.create_connection(protocol_factory)")]
    [Fact]
    public void Callbacks_run_in_the_context_in_which_the_connection_was_asked_for()
    {
        QueueContext context = new();
        SynchronizationContext.SetSynchronizationContext(context);
        ScriptedNetwork network = new();
        RecordingProtocol protocol = new();
        network.ConnectProtocolAsync(() => protocol, "there", 80).AsTask().Now();
        SynchronizationContext.SetSynchronizationContext(null);
        network.Transport.Arrive("data");
        protocol.Told.ShouldBe("made", "the driver's stack is not the program's");
        context.Run();
        protocol.Told.ShouldBe("made data");
        network.Transport.ArriveError(Wire.Reset);
        protocol.Told.ShouldBe("made data");
        context.Run();
        protocol.Told.ShouldBe("made data lost");
    }

    [Clause("P-17")]
    [Documented("loop.create_server(protocol_factory)")]
    [Fact]
    public void A_server_has_a_protocol_for_each_connection()
    {
        List<RecordingProtocol> protocols = [];
        ScriptedListener listener = new();
        StreamServer server = new ScriptedNetwork(listener)
            .StartProtocolServerAsync(() =>
            {
                RecordingProtocol protocol = new();
                protocols.Add(protocol);
                return protocol;
            })
            .AsTask()
            .Now();
        ScriptedTransport[] clients = [listener.Accept(), listener.Accept()];
        listener.RunScheduled();
        clients[1].Arrive("hello");
        clients[1].ArriveEof();
        clients[1].RunScheduled();
        protocols.Select(protocol => protocol.Told).ShouldBe(["made", "made data eof lost"]);
        server.ConnectionCount.ShouldBe(1);
    }
}
