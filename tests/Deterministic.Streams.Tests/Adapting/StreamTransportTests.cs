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
    public void What_a_dispose_throws_is_told_by_a_close_and_swallowed_by_an_abort()
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

    public static TheoryData<Exception, ConnectionErrorKind> Failures =>
        new()
        {
            { new IOException("disk full"), ConnectionErrorKind.Other },
            { new EndOfStreamException("cut off"), ConnectionErrorKind.Reset },
            { new ObjectDisposedException("stream"), ConnectionErrorKind.Aborted },
            { new OperationCanceledException(), ConnectionErrorKind.Aborted },
            { new TimeoutException(), ConnectionErrorKind.TimedOut },
            { new InvalidOperationException("strange"), ConnectionErrorKind.Other },
            { new IOException("outside", Wire.Reset), ConnectionErrorKind.Reset },
        };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Whatever_the_stream_throws_loses_the_connection_with_the_cause_inside(
        Exception cause,
        ConnectionErrorKind kind
    )
    {
        Action<ScriptedStream>[] ways =
        [
            stream => stream.FailRead(cause),
            stream => stream.WriteFailure = cause,
            stream => (stream.Writing = new TaskCompletionSource()).SetException(cause),
            stream => (stream.Flushing = new TaskCompletionSource()).SetException(cause),
        ];
        foreach (Action<ScriptedStream> way in ways)
        {
            ScriptedStream stream = new();
            Connection connection = Connect(stream: stream);
            way(stream);
            connection.Writer.Write("abc"u8);
            RunScheduled();
            ConnectionException error = connection.Reader.ReadAsync(1).AsTask().Error<ConnectionException>();
            error.Kind.ShouldBe(kind);
            error.InnerException.ShouldBeSameAs(cause);
            error.Message.ShouldContain(cause.Message);
            stream.Calls.ShouldEndWith("dispose");
        }
    }

    [Fact]
    public void A_loss_that_is_one_already_is_told_as_it_is()
    {
        _stream.ReadFailure = Wire.Reset;
        Connection connection = Connect();
        RunScheduled();
        connection.Reader.ReadAsync(1).AsTask().Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
    }

    [Fact]
    public void What_the_stream_awaits_and_what_it_brings_come_back_to_the_simulation_in_which_the_connection_was_made()
    {
        SimulatorContext context = new();
        SynchronizationContext.SetSynchronizationContext(context);
        Connection connection = Connection.FromStream(_stream);
        SynchronizationContext.SetSynchronizationContext(null);
        _stream.ReadIn.ShouldBeSameAs(context);
        Task<SynchronizationContext?> seen = ReadAndLookAsync();
        _stream.Arrive("abc");
        seen.ShouldWait();
        context.Run();
        seen.Now().ShouldBeNull("the library goes on as if there were no context");
        _stream.ReadIn.ShouldBeSameAs(context);

        async Task<SynchronizationContext?> ReadAndLookAsync()
        {
            await connection.Reader.ReadAsync(3).ConfigureAwait(false);
            return SynchronizationContext.Current;
        }
    }

    [Fact]
    public void No_other_context_is_taken_nor_shown_to_the_stream()
    {
        foreach (SynchronizationContext context in new[] { new SynchronizationContext(), new QueueContext() })
        {
            ScriptedStream stream = new();
            SynchronizationContext.SetSynchronizationContext(context);
            Connection connection = Connection.FromStream(stream);
            SynchronizationContext.SetSynchronizationContext(null);
            stream.ReadIn.ShouldBeNull();
            connection.Reader.AllowsBlockingWaits.ShouldBeTrue();
        }

        Connect().Reader.AllowsBlockingWaits.ShouldBeFalse("a scheduler is one thread, for all we know");
    }

    [Fact]
    public async Task Without_a_context_the_close_runs_on_the_pool()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        Connection connection = Connection.FromStream(_stream);
        connection.Writer.Write("abc"u8);
        connection.Writer.Close();
        await connection.Writer.WaitClosedAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        _stream.Calls.ShouldBe("read write[3] flush close");
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
        // xunit's would send the stream's own tasks on a detour.
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
