using System.Net;
using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public class StreamTransportTests
{
    private readonly ScriptedStream _stream = new();
    private readonly Queue<(Action<object?> Callback, object? State)> _scheduled = [];

    [Fact]
    public void What_the_stream_reads_is_read_and_0_is_the_end()
    {
        Connection connection = Connect();
        Task<byte[]> line = connection.Reader.ReadLineAsync().AsTask();
        Arrive("ab");
        line.ShouldWait();
        Arrive("c\nd");
        line.Text().ShouldBe("abc\n");
        Arrive("");
        connection.Reader.ReadToEndAsync().AsTask().Text().ShouldBe("d");
    }

    [Fact]
    public void A_write_goes_into_the_stream_and_is_flushed()
    {
        Connection connection = Connect();
        connection.Writer.Write("abc"u8);
        _stream.Sent.ShouldBe("abc");
        _stream.Calls.ShouldBe("read write[3] flush");
    }

    [Fact]
    public void Writes_made_while_one_is_under_way_follow_together_and_are_flushed_once()
    {
        Connection connection = Connect();
        TaskCompletionSource first = new();
        _stream.Writing = first;
        connection.Writer.Write("abc"u8);
        connection.Writer.Write("def"u8);
        connection.Writer.Write("ghi"u8);
        connection.Writer.Buffered.ShouldBe(9);
        _stream.Writing = null;
        first.SetResult();
        RunScheduled();
        _stream.Sent.ShouldBe("abcdefghi");
        _stream.Calls.ShouldBe("read write[3] flush write[6] flush");
        connection.Writer.Buffered.ShouldBe(0);
    }

    [Fact]
    public void A_flush_that_is_pending_is_back_pressure_too()
    {
        Connection connection = Connect(new StreamAdapterOptions { WriteBufferLimits = WriteBufferLimits.Create(2) });
        TaskCompletionSource flushing = new();
        _stream.Flushing = flushing;
        connection.Writer.Write("abc"u8);
        Task drain = connection.Writer.DrainAsync().AsTask();
        drain.ShouldWait();
        flushing.SetResult();
        RunScheduled();
        drain.Now();
    }

    [Fact]
    public void A_close_waits_for_what_was_written_then_cancels_the_read_and_disposes_of_the_stream()
    {
        Connection connection = Connect();
        TaskCompletionSource writing = new();
        _stream.Writing = writing;
        _stream.Closing = new TaskCompletionSource();
        connection.Writer.Write("abc"u8);
        connection.Writer.Close();
        RunScheduled();
        _stream.IsReading.ShouldBeTrue();
        writing.SetResult();
        RunScheduled();
        _stream.IsReading.ShouldBeFalse();
        _stream.Calls.ShouldBe("read write[3] flush close");
        Task closed = connection.Writer.WaitClosedAsync().AsTask();
        closed.ShouldWait();
        _stream.Closing.SetResult();
        RunScheduled();
        closed.Now();
    }

    [Fact]
    public void An_abort_disposes_at_once_but_not_on_the_stack_of_the_one_who_aborts()
    {
        Connection connection = Connect();
        _stream.Writing = new TaskCompletionSource();
        connection.Writer.Write("abc"u8);
        connection.Abort();
        _stream.Calls.ShouldBe("read write[3]");
        RunScheduled();
        _stream.Calls.ShouldBe("read write[3] dispose");
        _stream.IsReading.ShouldBeFalse();
        connection.Writer.WaitClosedAsync().AsTask().Now();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stream_that_stays_open_is_only_freed_of_the_read(bool abort)
    {
        Connection connection = Connect(new StreamAdapterOptions { LeaveOpen = true });
        if (abort)
        {
            connection.Abort();
        }
        else
        {
            connection.Writer.Close();
        }

        RunScheduled();
        connection.Writer.WaitClosedAsync().AsTask().Now();
        _stream.IsReading.ShouldBeFalse();
        _stream.Calls.ShouldBe("read");
    }

    [Fact]
    public void An_exception_of_a_dispose_is_reported_by_a_close_and_swallowed_by_an_abort()
    {
        _stream.DisposeFailure = new IOException("disk full");
        Connection closed = Connect();
        closed.Writer.Close();
        RunScheduled();
        closed
            .Writer.WaitClosedAsync()
            .AsTask()
            .Error<ConnectionException>()
            .InnerException.ShouldBe(_stream.DisposeFailure);
        Connection aborted = Connect();
        aborted.Abort();
        RunScheduled();
        aborted.Writer.WaitClosedAsync().AsTask().Now();
    }

    [Fact]
    public void A_half_cannot_be_ended_unless_the_options_say_how()
    {
        Connection connection = Connect();
        connection.Writer.CanWriteEof.ShouldBeFalse();
        Should.Throw<NotSupportedException>(connection.Writer.WriteEof);
    }

    [Fact]
    public void A_half_is_ended_as_the_options_say_once_everything_is_sent()
    {
        TaskCompletionSource shutdown = new();
        List<Stream> ended = [];
        Connection connection = Connect(
            new StreamAdapterOptions
            {
                ShutdownWrite = stream =>
                {
                    ended.Add(stream);
                    return new ValueTask(shutdown.Task);
                },
            }
        );
        TaskCompletionSource writing = new();
        _stream.Writing = writing;
        connection.Writer.Write("abc"u8);
        connection.Writer.WriteEof();
        ended.ShouldBeEmpty();
        writing.SetResult();
        RunScheduled();
        ended.ShouldBe([_stream]);
        shutdown.SetException(new IOException("no"));
        RunScheduled();
        connection.Writer.DrainAsync().AsTask().Error<ConnectionException>().InnerException!.Message.ShouldBe("no");
    }

    [Fact]
    public void The_stream_and_the_addresses_given_are_facts_of_the_connection()
    {
        IPEndPoint here = new(IPAddress.Loopback, 1);
        IPEndPoint there = new(IPAddress.Loopback, 2);
        Connection connection = Connect(new StreamAdapterOptions { LocalEndPoint = here, RemoteEndPoint = there });
        connection.LocalEndPoint.ShouldBe(here);
        connection.Writer.GetExtraInfo("peername").ShouldBe(there);
        connection.Writer.GetExtraInfo("stream").ShouldBe(_stream);
        connection.Writer.GetExtraInfo("socket").ShouldBeNull();
    }

    [Fact]
    public void A_stream_that_does_not_both_read_and_write_is_refused()
    {
        Should.Throw<ArgumentException>(() => Connection.FromStream(new ScriptedStream { Readable = false }));
        Should.Throw<ArgumentException>(() => Connection.FromStream(new ScriptedStream { Writable = false }));
        Should.Throw<ArgumentNullException>(() => Connection.FromStream(null!));
    }

    private Connection Connect(StreamAdapterOptions? options = null, ScriptedStream? stream = null)
    {
        // xunit's would delay the stream's own tasks.
        SynchronizationContext.SetSynchronizationContext(null);
        return Connection.FromStream(
            stream ?? _stream,
            (options ?? StreamAdapterOptions.Default) with
            {
                Scheduler = (callback, state) => _scheduled.Enqueue((callback, state)),
            }
        );
    }

    private void Arrive(string text)
    {
        _stream.Arrive(text);
        RunScheduled();
    }

    private void RunScheduled()
    {
        while (_scheduled.TryDequeue(out (Action<object?> Callback, object? State) work))
        {
            work.Callback(work.State);
        }
    }
}
