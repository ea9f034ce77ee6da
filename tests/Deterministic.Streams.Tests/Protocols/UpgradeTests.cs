using System.Buffers;
using Deterministic.Core;
using Deterministic.Streams.Protocols;

namespace Deterministic.Streams.Tests;

/// <summary>Callbacks and streams on one connection.</summary>
public class UpgradeTests
{
    [Clause("P-01", "P-10")]
    [Fact]
    public void A_connection_is_a_reader_and_a_writer_through_the_protocol_that_feeds_them()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        ScriptedNetwork network = new();
        (_, StreamReaderProtocol protocol) = network
            .ConnectProtocolAsync(() => new StreamReaderProtocol(), "there", 80)
            .AsTask()
            .Now();
        var (reader, writer) = protocol.Connection;
        Task<byte[]> line = reader.ReadLineAsync().AsTask();
        network.Transport.Arrive("hello\n");
        line.Text().ShouldBe("hello\n");
        writer.Write(Bytes.Of("answer"));
        network.Transport.Sent.ShouldBe("answer");
        Task closed = protocol.Connection.DisposeAsync().AsTask();
        network.Transport.RunScheduled();
        closed.Now();
        network.Transport.Calls.ShouldEndWith("close");
    }

    [Clause("P-19")]
    [Fact]
    public void A_callback_hands_the_rest_of_the_connection_to_streams_and_no_byte_is_lost()
    {
        StreamReaderProtocol streams = new();
        Line line = new();
        line.Transport.SetProtocol(new TextEscaper(line.Transport, streams));
        line.Wire.Arrive("upgrade\nfirst");
        line.Wire.Arrive(" second\n");
        streams.Connection.Reader.ReadLineAsync().AsTask().Text().ShouldBe("first second\n");
        streams.Connection.Writer.Write(Bytes.Of("thanks"));
        line.Wire.Sent.ShouldBe("thanks");
        line.Wire.ArriveError(Wire.Reset);
        line.Wire.RunScheduled();
        streams.Connection.Reader.Exception.ShouldBeSameAs(Wire.Reset);
    }

    [Clause("P-02", "P-06")]
    [Fact]
    public void A_servers_handler_through_the_protocol_is_reported_like_any_callback()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        NotSupportedException mistake = new();
        ScriptedListener listener = new();
        List<Exception> errors = [];
        _ = new ScriptedNetwork(listener)
            .StartProtocolServerAsync(
                () =>
                    new StreamReaderProtocol(
                        async (reader, _) =>
                        {
                            await reader.ReadLineAsync().ConfigureAwait(false);
                            throw mistake;
                        }
                    ),
                options: new ServerOptions { OnError = errors.Add }
            )
            .AsTask()
            .Now();
        ScriptedTransport transport = listener.Accept();
        listener.RunScheduled();
        transport.Arrive("line\n");
        transport.RunScheduled();
        errors.ShouldBe([mistake]);
        transport.Calls.ShouldEndWith("abort");
    }

    [Clause("P-13")]
    [Fact]
    public void Drains_above_keep_to_the_watermarks_below()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        ScriptedNetwork network = new();
        ClientOptions options = new() { WriteBufferLimits = Core.WriteBufferLimits.Create(8) };
        (_, StreamReaderProtocol protocol) = network
            .ConnectProtocolAsync(() => new StreamReaderProtocol(options), "there", 80, options)
            .AsTask()
            .Now();
        network.Transport.Limit(0);
        AsyncStreamWriter writer = protocol.Connection.Writer;
        writer.Write(new byte[9]);
        writer.DrainAsync().AsTask().Now();
        writer.Write(new byte[9]);
        Task drained = writer.DrainAsync().AsTask();
        drained.ShouldWait();
        network.Transport.RunScheduled();
        network.Transport.Accept(7);
        network.Transport.RunScheduled();
        drained.Now();
        network.Transport.Accept(100);
        network.Transport.Sent.Length.ShouldBe(18);
    }

    /// <summary>Takes one line by callback, and gives what follows to streams.</summary>
    private sealed class TextEscaper(ProtocolTransport transport, StreamReaderProtocol next) : StreamProtocol
    {
        public override void DataReceived(ReadOnlySequence<byte> data)
        {
            SequencePosition end = data.PositionOf((byte)'\n')!.Value;
            transport.SetProtocol(next);
            next.ConnectionMade(transport);
            next.DataReceived(data.Slice(data.GetPosition(1, end)));
        }
    }
}
