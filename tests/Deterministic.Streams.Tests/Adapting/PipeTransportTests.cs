using System.IO.Pipelines;
using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public class PipeTransportTests
{
    private static readonly PipeOptions Inline = new(
        readerScheduler: PipeScheduler.Inline,
        writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: 10,
        resumeWriterThreshold: 5,
        useSynchronizationContext: false
    );

    private readonly Pipe _in = new(Inline);
    private readonly Pipe _out = new(Inline);
    private readonly Queue<(Action<object?> Callback, object? State)> _scheduled = [];

    [Fact]
    public void What_comes_out_of_the_pipe_is_read_and_its_completion_is_the_end()
    {
        Connection connection = Connect();
        Task<byte[]> line = connection.Reader.ReadLineAsync().AsTask();
        Arrive("abc\nd");
        line.Text().ShouldBe("abc\n");
        _in.Writer.Complete();
        RunScheduled();
        connection.Reader.ReadToEndAsync().AsTask().Text().ShouldBe("d");
    }

    [Fact]
    public void More_than_one_receive_takes_stays_in_the_pipe_for_the_next()
    {
        string large = new('a', 100_000);
        Task writing = _in.Writer.WriteAsync(Bytes.Of(large)).AsTask();
        Connection connection = Connect();
        RunScheduled();
        connection.Reader.ReadExactlyAsync(100_000).AsTask().Text().ShouldBe(large);
        writing.Now();
    }

    [Fact]
    public void What_is_written_goes_into_the_pipe_and_waits_when_that_is_full()
    {
        Connection connection = Connect(new AdapterOptions { WriteBufferLimits = WriteBufferLimits.Create(2) });
        connection.Writer.Write("0123456789"u8);
        connection.Writer.Write("abc"u8);
        Task drain = connection.Writer.DrainAsync().AsTask();
        drain.ShouldWait();
        Take(8).ShouldBe("01234567");
        RunScheduled();
        drain.Now();
        Take(5).ShouldBe("89abc");
    }

    [Fact]
    public void The_end_of_our_half_completes_the_output_and_leaves_the_input()
    {
        Connection connection = Connect();
        connection.Writer.CanWriteEof.ShouldBeTrue();
        connection.Writer.Write("abc"u8);
        connection.Writer.WriteEof();
        RunScheduled();
        ReadResult read = _out.Reader.ReadAsync().AsTask().Now();
        Bytes.Text(read.Buffer).ShouldBe("abc");
        read.IsCompleted.ShouldBeTrue();
        Arrive("def");
        connection.Reader.ReadAsync(3).AsTask().Text().ShouldBe("def");
    }

    [Fact]
    public void A_close_completes_both_once_everything_is_written()
    {
        Connection connection = Connect();
        connection.Writer.Write("abc"u8);
        connection.Writer.Close();
        RunScheduled();
        connection.Writer.WaitClosedAsync().AsTask().Now();
        _out.Reader.ReadAsync().AsTask().Now().IsCompleted.ShouldBeTrue();
        _in.Writer.WriteAsync(new byte[1]).AsTask().Now().IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void An_abort_completes_both_with_an_error()
    {
        Connection connection = Connect();
        connection.Writer.Write("abc"u8);
        connection.Abort();
        RunScheduled();
        // A pipe throws in the call.
        Should.Throw<ConnectionException>(() => _out.Reader.TryRead(out _)).Kind.ShouldBe(ConnectionErrorKind.Aborted);
        connection.Writer.WaitClosedAsync().AsTask().Now();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pipes_that_stay_open_are_only_freed_of_the_read(bool abort)
    {
        Connection connection = Connect(new AdapterOptions { LeaveOpen = true });
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
        _out.Writer.WriteAsync(Bytes.Of("abc")).AsTask().Now();
        Take(3).ShouldBe("abc");
        _in.Writer.WriteAsync(Bytes.Of("def")).AsTask().Now();
        Bytes.Text(_in.Reader.ReadAsync().AsTask().Now().Buffer).ShouldBe("def");
    }

    [Fact]
    public void A_peer_that_completes_with_an_error_loses_the_connection_with_the_cause_inside()
    {
        InvalidOperationException cause = new("gone wrong");
        Connection connection = Connect();
        _in.Writer.Complete(cause);
        RunScheduled();
        connection.Reader.ReadAsync(1).AsTask().Error<ConnectionException>().InnerException.ShouldBeSameAs(cause);
    }

    [Fact]
    public void A_peer_that_no_longer_reads_breaks_the_pipe()
    {
        Connection connection = Connect();
        _out.Reader.Complete();
        connection.Writer.Write("abc"u8);
        RunScheduled();
        connection
            .Writer.DrainAsync()
            .AsTask()
            .Error<ConnectionException>()
            .Kind.ShouldBe(ConnectionErrorKind.BrokenPipe);
    }

    [Fact]
    public void Cancelling_the_pipes_operations_from_outside_disturbs_nothing()
    {
        Connection connection = Connect();
        _in.Reader.CancelPendingRead();
        RunScheduled();
        connection.Writer.Write("0123456789abc"u8);
        _out.Writer.CancelPendingFlush();
        RunScheduled();
        Arrive("def");
        connection.Reader.ReadAsync(3).AsTask().Text().ShouldBe("def");
        Take(13).ShouldBe("0123456789abc");
    }

    [Fact]
    public void The_pipe_is_a_fact_of_the_connection()
    {
        DuplexPipe pipe = new(_in.Reader, _out.Writer);
        Connection.FromDuplexPipe(pipe).Writer.GetExtraInfo("pipe").ShouldBe(pipe);
    }

    [Fact]
    public void A_pipe_without_one_of_its_halves_is_refused()
    {
        Should.Throw<ArgumentNullException>(() => Connection.FromDuplexPipe(null!));
        Should.Throw<ArgumentException>(() => Connection.FromDuplexPipe(new DuplexPipe(null!, _out.Writer)));
        Should.Throw<ArgumentException>(() => Connection.FromDuplexPipe(new DuplexPipe(_in.Reader, null!)));
    }

    private Connection Connect(AdapterOptions? options = null)
    {
        // xunit's would send the pipe's own continuations on a detour.
        SynchronizationContext.SetSynchronizationContext(null);
        return Connection.FromDuplexPipe(
            new DuplexPipe(_in.Reader, _out.Writer),
            (options ?? AdapterOptions.Default) with
            {
                Scheduler = (callback, state) => _scheduled.Enqueue((callback, state)),
            }
        );
    }

    private void Arrive(string text)
    {
        _ = _in.Writer.WriteAsync(Bytes.Of(text)).AsTask();
        RunScheduled();
    }

    private string Take(int count)
    {
        ReadResult read = _out.Reader.ReadAtLeastAsync(count).AsTask().Now();
        string taken = Bytes.Text(read.Buffer.Slice(0, count));
        _out.Reader.AdvanceTo(read.Buffer.GetPosition(count));
        return taken;
    }

    private void RunScheduled()
    {
        while (_scheduled.TryDequeue(out (Action<object?> Callback, object? State) work))
        {
            work.Callback(work.State);
        }
    }

    private sealed class DuplexPipe(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
