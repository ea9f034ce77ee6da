using Deterministic.Core;
using Deterministic.Streams.Protocols;

namespace Deterministic.Streams.Tests;

/// <summary>The protocol that feeds a reader, driven by hand.</summary>
public class StreamReaderProtocolTests
{
    private readonly HandDriven _below = new();

    [Clause("P-01")]
    [Documented("StreamReaderProtocol(stream_reader)")]
    [Fact]
    public void A_connection_is_made_once_and_is_not_there_before()
    {
        StreamReaderProtocol protocol = new();
        Should.Throw<InvalidOperationException>(() => protocol.Connection).Message.ShouldContain("ConnectionMade");
        protocol.ConnectionMade(_below);
        Connection connection = protocol.Connection;
        connection.LocalEndPoint!.ToString().ShouldBe("127.0.0.1:1");
        connection.RemoteEndPoint!.ToString().ShouldBe("127.0.0.1:2");
        connection.Writer.GetExtraInfo("colour").ShouldBe("blue");
        connection.Writer.CanWriteEof.ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => protocol.ConnectionMade(_below)).Message.ShouldContain("already");
        protocol.Connection.ShouldBeSameAs(connection);
    }

    [Clause("P-02")]
    [Documented("StreamReaderProtocol(client_connected_cb)")]
    [Fact]
    public void The_handler_is_called_inside_the_callback_and_its_return_closes_the_connection()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        bool called = false;
        StreamReaderProtocol protocol = new(
            async (reader, writer) =>
            {
                called = true;
                writer.Write(await reader.ReadLineAsync().ConfigureAwait(false));
            }
        );
        protocol.ConnectionMade(_below);
        called.ShouldBeTrue();
        protocol.DataReceived(HandDriven.Data("hello\n"));
        _below.Sent.ShouldBe("hello\n");
        _below.Calls.ShouldBe(["close"]);
        protocol.ConnectionLost(null);
        protocol.Connection.Writer.WaitClosedAsync().AsTask().Now();
    }

    [Clause("P-03", "P-04")]
    [Fact]
    public void Without_a_handler_and_after_a_plain_one_the_connection_stays_open()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        AsyncStreamWriter? kept = null;
        StreamReaderProtocol plain = new((_, writer) => kept = writer);
        plain.ConnectionMade(_below);
        kept!.Write(Bytes.Of("plain"));
        StreamReaderProtocol bare = new();
        bare.ConnectionMade(_below);
        bare.EofReceived().ShouldBeTrue();
        bare.Connection.Writer.Write(Bytes.Of(" bare"));
        _below.Sent.ShouldBe("plain bare");
        _below.Calls.ShouldBeEmpty();
    }

    [Clause("P-05", "P-06")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_handler_throws_aborts_and_becomes_what_a_callback_throws(bool atOnce)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        NotSupportedException mistake = new();
        StreamReaderProtocol protocol = new(
            async (reader, _) =>
            {
                await (atOnce ? Task.CompletedTask : reader.ReadLineAsync().AsTask()).ConfigureAwait(false);
                throw mistake;
            }
        );
        if (atOnce)
        {
            Should.Throw<NotSupportedException>(() => protocol.ConnectionMade(_below)).ShouldBeSameAs(mistake);
        }
        else
        {
            protocol.ConnectionMade(_below);
            protocol.DataReceived(HandDriven.Data("line\n"));
            Should.Throw<NotSupportedException>(() => protocol.ConnectionLost(null)).ShouldBeSameAs(mistake);
        }

        _below.Calls.ShouldContain("abort");
    }

    [Clause("P-07")]
    [Fact]
    public void A_handler_that_is_cancelled_closes_its_connection_silently()
    {
        StreamReaderProtocol protocol = new((Connection _) => Task.FromCanceled(new CancellationToken(canceled: true)));
        protocol.ConnectionMade(_below);
        _below.Calls.ShouldBe(["close"]);
        Should.NotThrow(() => protocol.ConnectionLost(null));
    }

    [Clause("P-10")]
    [Fact]
    public void Received_bytes_go_to_the_reader_also_those_that_come_before_the_connection_is_made()
    {
        StreamReaderProtocol protocol = new();
        protocol.DataReceived(HandDriven.Data("be"));
        protocol.DataReceived(HandDriven.Data("fore "));
        protocol.ConnectionMade(_below);
        byte[] lent = Bytes.Of("after\n");
        protocol.DataReceived(new(lent));
        lent.AsSpan().Clear();
        protocol.Connection.Reader.ReadLineAsync().AsTask().Text().ShouldBe("before after\n");
    }

    [Clause("P-10")]
    [Fact]
    public void A_reader_that_is_full_pauses_reading_below_and_one_that_has_room_resumes_it()
    {
        StreamReaderProtocol protocol = new(new ConnectionOptions { Limit = 10 });
        protocol.ConnectionMade(_below);
        protocol.DataReceived(HandDriven.Data(new string('a', 21)));
        _below.Calls.ShouldBeEmpty("it takes what is more than twice the limit, and then asks for no more");
        protocol.DataReceived(HandDriven.Data(new string('b', 5000)));
        _below.Calls.ShouldBe(["pause"]);
        protocol.Connection.Reader.ReadExactlyAsync(21).AsTask().Text().ShouldBe(new string('a', 21));
        protocol.Connection.Reader.ReadExactlyAsync(5000).AsTask().Text().ShouldBe(new string('b', 5000));
        _below.Calls.ShouldBe(["pause", "resume"]);
    }

    [Clause("P-10")]
    [Fact]
    public void Bytes_after_the_end_are_refused()
    {
        StreamReaderProtocol protocol = new();
        protocol.ConnectionMade(_below);
        protocol.EofReceived();
        Should
            .Throw<InvalidOperationException>(() => protocol.DataReceived(HandDriven.Data("late")))
            .Message.ShouldContain("after EofReceived");
    }

    [Clause("P-11")]
    [Fact]
    public void The_peers_end_is_the_end_of_the_stream_and_keeps_the_connection()
    {
        StreamReaderProtocol protocol = new();
        protocol.ConnectionMade(_below);
        Task<byte[]> read = protocol.Connection.Reader.ReadToEndAsync().AsTask();
        protocol.DataReceived(HandDriven.Data("all"));
        protocol.EofReceived().ShouldBeTrue();
        read.Text().ShouldBe("all");
        protocol.Connection.Writer.IsClosing.ShouldBeFalse();
        protocol.Connection.Writer.WriteEof();
        _below.Calls.ShouldBe(["eof"]);
    }

    [Clause("P-12")]
    [Fact]
    public void A_clean_end_is_the_end_of_the_stream_for_every_wait()
    {
        StreamReaderProtocol protocol = new();
        protocol.ConnectionMade(_below);
        Task<byte[]> read = protocol.Connection.Reader.ReadAsync(1).AsTask();
        Task closed = protocol.Connection.Writer.WaitClosedAsync().AsTask();
        protocol.ConnectionLost(null);
        _below.RunScheduled();
        read.Now().ShouldBeEmpty();
        closed.Now();
        protocol.Connection.Writer.IsClosing.ShouldBeTrue();
        protocol.Connection.Reader.Exception.ShouldBeNull();
    }

    [Clause("P-12")]
    [Fact]
    public void A_loss_is_the_same_error_for_every_wait()
    {
        StreamReaderProtocol protocol = new(new ConnectionOptions { WriteBufferLimits = WriteBufferLimits.Create(0) });
        protocol.ConnectionMade(_below);
        protocol.PauseWriting();
        protocol.Connection.Writer.Write(Bytes.Of("queued"));
        Task<byte[]> read = protocol.Connection.Reader.ReadAsync(1).AsTask();
        Task drained = protocol.Connection.Writer.DrainAsync().AsTask();
        Task closed = protocol.Connection.Writer.WaitClosedAsync().AsTask();
        drained.ShouldWait();
        protocol.ConnectionLost(Wire.Reset);
        protocol.ConnectionLost(Wire.Reset);
        _below.RunScheduled();
        foreach (Task wait in new[] { read, drained, closed })
        {
            wait.Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        }

        protocol.Connection.Reader.Exception.ShouldBeSameAs(Wire.Reset);
    }

    [Clause("P-12")]
    [Fact]
    public void A_reader_that_asks_for_nothing_hears_of_a_loss_all_the_same()
    {
        StreamReaderProtocol protocol = new(new ConnectionOptions { Limit = 1 });
        protocol.ConnectionMade(_below);
        protocol.DataReceived(HandDriven.Data("more than twice the limit"));
        protocol.ConnectionLost(Wire.Reset);
        protocol.Connection.Reader.Exception.ShouldBeSameAs(Wire.Reset);
        Bytes.Text(protocol.Connection.Reader.TakeBuffered()).ShouldBe("more than twice the limit");
    }

    [Clause("P-12")]
    [Fact]
    public void A_close_waits_for_the_loss_that_answers_it()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        StreamReaderProtocol protocol = new();
        protocol.ConnectionMade(_below);
        Task disposed = protocol.Connection.DisposeAsync().AsTask();
        _below.Calls.ShouldBe(["close"]);
        disposed.ShouldWait();
        protocol.ConnectionLost(null);
        disposed.Now();
    }

    [Clause("P-13")]
    [Fact]
    public void To_pause_twice_or_to_resume_what_was_not_paused_is_a_mistake()
    {
        StreamReaderProtocol protocol = new();
        protocol.ConnectionMade(_below);
        Should.Throw<InvalidOperationException>(protocol.ResumeWriting).Message.ShouldContain("not paused");
        protocol.PauseWriting();
        Should.Throw<InvalidOperationException>(protocol.PauseWriting).Message.ShouldContain("is paused");
        protocol.ResumeWriting();
        Should.Throw<InvalidOperationException>(protocol.ResumeWriting);
    }

    [Clause("P-13")]
    [Fact]
    public void Between_a_pause_and_a_resume_nothing_is_written_below_and_nothing_is_lost()
    {
        StreamReaderProtocol protocol = new();
        protocol.ConnectionMade(_below);
        AsyncStreamWriter writer = protocol.Connection.Writer;
        writer.Write(Bytes.Of("a"));
        protocol.PauseWriting();
        writer.Write(Bytes.Of("b"));
        writer.Write(Bytes.Of("c"));
        _below.Sent.ShouldBe("a");
        writer.Buffered.ShouldBe(2);
        protocol.ResumeWriting();
        _below.Sent.ShouldBe("abc");
        writer.Buffered.ShouldBe(0);
    }

    [Clause("P-13")]
    [Fact]
    public void Paused_inside_a_write_the_rest_waits()
    {
        StreamReaderProtocol protocol = new();
        protocol.ConnectionMade(_below);
        protocol.PauseWriting();
        protocol.Connection.Writer.Write(new byte[100_000]);
        _below.AfterWrite = protocol.PauseWriting;
        protocol.ResumeWriting();
        _below.Sent.Length.ShouldBeInRange(1, 99_999, "one piece of the queue");
        int rounds = 0;
        while (_below.Sent.Length < 100_000)
        {
            protocol.ResumeWriting();
            (++rounds).ShouldBeLessThan(100_000);
        }

        _below.AfterWrite = null;
        protocol.ResumeWriting();
        protocol.Connection.Writer.Buffered.ShouldBe(0);
    }
}
