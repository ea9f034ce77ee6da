using Deterministic.Core;

namespace Deterministic.Streams.Tests;

/// <summary>What a stream throws is the error of the connection over it.</summary>
public class StreamTransportFailureTests
{
    private readonly ScriptedStream _stream = new();
    private readonly Queue<(Action<object?> Callback, object? State)> _scheduled = [];

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
    public void Any_exception_of_the_stream_loses_the_connection_with_the_cause_inside(
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
    public void An_error_that_is_a_connection_error_already_is_reported_as_it_is()
    {
        _stream.ReadFailure = Wire.Reset;
        Connection connection = Connect();
        RunScheduled();
        connection.Reader.ReadAsync(1).AsTask().Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
    }

    private Connection Connect(ScriptedStream? stream = null)
    {
        // xunit's would delay the stream's own tasks.
        SynchronizationContext.SetSynchronizationContext(null);
        return Connection.FromStream(
            stream ?? _stream,
            StreamAdapterOptions.Default with
            {
                Scheduler = (callback, state) => _scheduled.Enqueue((callback, state)),
            }
        );
    }

    private void RunScheduled()
    {
        while (_scheduled.TryDequeue(out (Action<object?> Callback, object? State) work))
        {
            work.Callback(work.State);
        }
    }
}
