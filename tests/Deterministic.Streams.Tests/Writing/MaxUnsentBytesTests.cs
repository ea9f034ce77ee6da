using System.IO.Pipelines;
using Deterministic.Core;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Protocols;

namespace Deterministic.Streams.Tests;

/// <summary>A bound on what is written and not yet taken by the network, in every form of a write.</summary>
public sealed class MaxUnsentBytesTests
{
    private const int Most = 10;

    private static readonly (string Name, Action<Connection, string> Write)[] Forms =
    [
        ("span", (connection, text) => connection.Writer.Write(Bytes.Of(text))),
        ("sequence", (connection, text) => connection.Writer.Write(Bytes.Sequence(text[..1], text[1..]))),
        ("lines", (connection, text) => connection.Writer.WriteLines(Bytes.Pieces(text[..1], text[1..]))),
    ];

    public static TheoryData<string> FormNames => [.. Forms.Select(form => form.Name)];

    [Clause("W-MAX-01")]
    [Theory]
    [MemberData(nameof(FormNames))]
    public void A_write_without_room_throws_takes_nothing_and_leaves_the_connection_usable(string name)
    {
        Action<Connection, string> write = Forms.Single(form => form.Name == name).Write;
        (Connection connection, ScriptedTransport transport) = Start();
        transport.Limit(0);
        write(connection, "12345678");
        Should.Throw<InvalidOperationException>(() => write(connection, "abc")).Message.ShouldContain("MaxUnsentBytes");
        connection.Writer.Buffered.ShouldBe(8);
        connection.Writer.IsClosing.ShouldBeFalse();
        write(connection, "90");
        transport.Accept(100);
        transport.Sent.ShouldBe("1234567890");
        write(connection, "abc");
        transport.Sent.ShouldBe("1234567890abc");
    }

    [Clause("W-MAX-01")]
    [Theory]
    [MemberData(nameof(FormNames))]
    public void A_write_longer_than_the_bound_is_refused_also_if_the_network_would_take_it(string name)
    {
        Action<Connection, string> write = Forms.Single(form => form.Name == name).Write;
        (Connection connection, ScriptedTransport transport) = Start();
        Should.Throw<InvalidOperationException>(() => write(connection, "12345678901"));
        transport.Sent.ShouldBe("");
        write(connection, "1234567890");
        transport.Sent.ShouldBe("1234567890");
    }

    [Clause("W-MAX-02")]
    [Theory]
    [MemberData(nameof(FormNames))]
    public void Where_that_was_chosen_a_write_without_room_aborts_the_connection_and_every_wait_says_why(string name)
    {
        Action<Connection, string> write = Forms.Single(form => form.Name == name).Write;
        (Connection connection, ScriptedTransport transport) = Start(UnsentOverflow.AbortConnection);
        transport.Limit(0);
        Task<byte[]> read = connection.Reader.ReadAsync().AsTask();
        write(connection, "12345678");
        write(connection, "abc");
        connection.Writer.IsClosing.ShouldBeTrue();
        connection.Writer.Buffered.ShouldBe(0);
        transport.Calls.ShouldEndWith("abort");
        transport.RunScheduled();
        ConnectionException error = read.Error<ConnectionException>();
        error.Kind.ShouldBe(ConnectionErrorKind.Aborted);
        connection.Writer.DrainAsync().AsTask().Error<ConnectionException>().ShouldBeSameAs(error);
        connection.Writer.WaitClosedAsync().AsTask().Error<ConnectionException>().ShouldBeSameAs(error);
        write(connection, "dropped");
    }

    [Fact]
    public void A_write_after_the_close_is_dropped_and_needs_no_room()
    {
        (Connection connection, ScriptedTransport transport) = Start();
        transport.Limit(0);
        connection.Writer.Write("12345678"u8);
        connection.Writer.Close();
        connection.Writer.Write("abc"u8);
        transport.Accept(100);
        transport.Sent.ShouldBe("12345678");
    }

    [Clause("W-MAX-01")]
    [Fact]
    public void A_write_to_a_stream_waits_for_room_instead()
    {
        (Connection connection, ScriptedTransport transport) = Start();
        transport.Limit(0);
        string text = new('a', 95);
        Task write = connection.AsStream().WriteAsync(Bytes.Of(text)).AsTask();
        write.ShouldWait();
        for (int taken = 0; taken < text.Length; taken++)
        {
            connection.Writer.Buffered.ShouldBeInRange(1, Most);
            transport.Accept(1);
            transport.RunScheduled();
        }

        write.Now();
        transport.Sent.ShouldBe(text);
    }

    [Fact]
    public void A_write_to_a_stream_waits_also_for_what_others_have_queued()
    {
        (Connection connection, ScriptedTransport transport) = Start();
        transport.Limit(0);
        connection.Writer.Write("1234567890"u8);
        Task write = connection.AsStream().WriteAsync(Bytes.Of("abc")).AsTask();
        write.ShouldWait();
        connection.Writer.Buffered.ShouldBe(10);
        transport.Accept(100);
        transport.RunScheduled();
        write.Now();
        transport.Sent.ShouldBe("1234567890abc");
    }

    [Clause("W-MAX-01")]
    [Fact]
    public void A_flush_of_a_pipe_is_taken_whole_or_not_at_all()
    {
        (Connection connection, ScriptedTransport transport) = Start();
        transport.Limit(0);
        PipeWriter output = connection.AsDuplexPipe().Output;
        Bytes.Of("12345").CopyTo(output.GetMemory(5));
        output.Advance(5);
        Should.Throw<InvalidOperationException>(() => _ = output.WriteAsync(Bytes.Of("abcdef")));
        connection.Writer.Buffered.ShouldBe(0);
        output.UnflushedBytes.ShouldBe(5, "they can be flushed yet");
        output.FlushAsync().AsTask().Now();
        transport.Accept(100);
        transport.Sent.ShouldBe("12345");
    }

    [Fact]
    public void A_pipe_that_is_completed_with_more_than_has_room_aborts_the_connection()
    {
        (Connection connection, ScriptedTransport transport) = Start();
        PipeWriter output = connection.AsDuplexPipe().Output;
        new byte[11].CopyTo(output.GetMemory(11));
        output.Advance(11);
        Should.Throw<InvalidOperationException>(() => output.Complete());
        transport.Calls.ShouldEndWith("abort");
        transport.Sent.ShouldBe("", "half of it would look like the whole");
    }

    [Clause("W-MAX-01", "W-WM-08")]
    [Fact]
    public void Over_tls_what_is_written_and_not_yet_taken_by_the_network_counts()
    {
        TlsPair pair = new(client: new ConnectionOptions { MaxUnsentBytes = 200_000 });
        (Task client, Task server) = pair.StartTls();
        pair.Now(client);
        pair.Now(server);
        pair.ServerWire.Window = 0;
        AsyncStreamWriter writer = pair.Client.Writer;
        writer.Write(new byte[150_000]);
        pair.Queue.Run();
        Should.Throw<InvalidOperationException>(() => writer.Write(new byte[50_001]));
        writer.Write(new byte[50_000]);
        pair.Queue.Run();
        writer.Buffered.ShouldBe(200_000);
        pair.ServerWire.Window = 1_000_000;
        pair.Queue.Add(pair.ClientWire.Advance);
        Task<byte[]> read = pair.Server.Reader.ReadExactlyAsync(200_000).AsTask();
        pair.Now(read).Length.ShouldBe(200_000);
        pair.ShouldCarry();
    }

    [Clause("W-MAX-02")]
    [Fact]
    public void Over_tls_a_write_without_room_aborts_the_connection_where_that_was_chosen()
    {
        TlsPair pair = new(
            client: new ConnectionOptions
            {
                // Less than a handshake's flight: what TLS itself sends is not bounded by it.
                MaxUnsentBytes = 100,
                UnsentOverflow = UnsentOverflow.AbortConnection,
            }
        );
        (Task client, Task server) = pair.StartTls();
        pair.Now(client);
        pair.Now(server);
        pair.ShouldCarry();
        pair.ServerWire.Window = 0;
        pair.Client.Writer.Write(new byte[100]);
        pair.Queue.Run();
        pair.Client.Writer.Write(new byte[1]);
        pair.Error(pair.Client.Writer.WaitClosedAsync(), ConnectionErrorKind.Aborted);
        pair.ClientWire.Gone.ShouldBe("abort");
        pair.Client.Writer.Buffered.ShouldBe(0);
    }

    [Fact]
    public void A_protocol_below_a_connection_is_given_no_more_than_it_has_room_for()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        ScriptedNetwork network = new();
        ClientOptions options = new() { MaxUnsentBytes = Most };
        StreamReaderProtocol protocol = network
            .ConnectProtocolAsync(() => new StreamReaderProtocol(), "there", 80, options)
            .AsTask()
            .Now()
            .Protocol;
        network.Transport.Limit(0);
        string text = new('a', 95);
        Connection above = protocol.Connection;
        above.Writer.Write(Bytes.Of(text));
        for (int i = 0; i < 200; i++)
        {
            network.Transport.Accept(1);
            network.Transport.RunScheduled();
        }

        network.Transport.Sent.ShouldBe(text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_bound_of_nothing_is_refused_where_it_is_set(long most)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ConnectionOptions { MaxUnsentBytes = most });
        Should.Throw<ArgumentOutOfRangeException>(() => new ConnectionOptions { UnsentOverflow = (UnsentOverflow)7 });
    }

    [Fact]
    public void There_is_no_bound_unless_one_is_set() => ConnectionOptions.Default.MaxUnsentBytes.ShouldBeNull();

    private static (Connection Connection, ScriptedTransport Transport) Start(
        UnsentOverflow overflow = UnsentOverflow.FailWrite
    )
    {
        SynchronizationContext.SetSynchronizationContext(null);
        ScriptedTransport transport = new();
        ConnectionOptions options = new() { MaxUnsentBytes = Most, UnsentOverflow = overflow };
        return (Connection.Attach(transport, options), transport);
    }
}
