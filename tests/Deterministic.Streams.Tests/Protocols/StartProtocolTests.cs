using Deterministic.Streams.Protocols;

namespace Deterministic.Streams.Tests;

/// <summary>Clause P-23: callbacks on a connection that there is already.</summary>
public sealed class StartProtocolTests
{
    private static readonly NotSupportedException Mistake = new("by design");

    [Clause("P-23")]
    [Fact]
    public void What_the_reader_holds_is_the_first_data()
    {
        Wire wire = new();
        wire.Transport.Arrive("line\nrest ");
        wire.Reader.ReadLineAsync().AsTask().Text().ShouldBe("line\n");
        (ProtocolTransport transport, RecordingProtocol protocol) = wire.Connection.StartProtocol(() =>
            new RecordingProtocol()
        );
        protocol.Transport.ShouldBeSameAs(transport);
        wire.Transport.Arrive("of it");
        wire.Transport.RunScheduled();
        protocol.Received.ShouldBe("rest of it");
        transport.Write(Bytes.Of("answer"));
        wire.Transport.Sent.ShouldBe("answer");
        transport.Close();
        wire.Transport.RunScheduled();
        protocol.Told.ShouldEndWith("lost");
        transport.Completion.Now();
    }

    [Clause("P-23", "P-22")]
    [Fact]
    public void A_factory_that_fails_aborts_the_connection()
    {
        Wire wire = new();
        Should
            .Throw<NotSupportedException>(() => wire.Connection.StartProtocol<RecordingProtocol>(() => throw Mistake))
            .ShouldBeSameAs(Mistake);
        wire.Transport.Calls.ShouldEndWith("abort");
        Should
            .Throw<InvalidOperationException>(() => new Wire().Connection.StartProtocol<RecordingProtocol>(() => null!))
            .Message.ShouldContain("factory");
        Should.Throw<ArgumentNullException>(() => wire.Connection.StartProtocol<RecordingProtocol>(null!));
    }
}
