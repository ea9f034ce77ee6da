using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Deterministic.Core;

namespace Deterministic.Streams.Tests;

/// <summary>What the garbage collector does not do to a connection. Whatever must be forgotten is made in a method of its own, so that no local of the test keeps it.</summary>
public class UnreferencedTests
{
    [Clause("W-DEL-01")]
    [Fact]
    public void A_connection_that_nobody_refers_to_is_not_closed()
    {
        ScriptedTransport transport = new();
        (WeakReference reader, WeakReference writer) = AttachAndForget(transport);
        Collect();
        (reader.IsAlive, writer.IsAlive).ShouldBe((false, false));
        transport.Calls.ShouldBe("receive");
        transport.Arrive("abc");
        transport.Calls.ShouldBe("receive receive", "it still takes what comes");
    }

    [Clause("P-15")]
    [Fact]
    public void To_drop_the_reader_changes_nothing()
    {
        ScriptedTransport transport = new();
        (AsyncStreamWriter writer, WeakReference reader) = KeepWriter(transport);
        Collect();
        reader.IsAlive.ShouldBeFalse();
        transport.Arrive("abc");
        writer.Write(Bytes.Of("def"));
        writer.IsClosing.ShouldBeFalse();
        transport.Calls.ShouldBe("receive receive try[3]");
    }

    [Clause("P-15")]
    [Fact]
    public void To_drop_the_writer_changes_nothing()
    {
        ScriptedTransport transport = new();
        (AsyncStreamReader reader, WeakReference writer) = KeepReader(transport);
        Collect();
        writer.IsAlive.ShouldBeFalse();
        transport.Arrive("abc");
        reader.ReadAsync(9).AsTask().Text().ShouldBe("abc");
        transport.Calls.ShouldBe("receive receive");
    }

    [Clause("P-09")]
    [Fact]
    public void A_handler_that_waits_lives_as_long_as_its_connection()
    {
        ScriptedTransport transport = ServeAndForget();
        Collect();
        transport.Arrive("hello\n");
        transport.Sent.ShouldBe("hello\n");
        transport.Calls.ShouldEndWith("close");
    }

    [Clause("P-16")]
    [Fact]
    public void An_error_that_nobody_asks_for_is_reported_to_nobody()
    {
        ConnectionException lost = new(ConnectionErrorKind.Reset, "nobody asks");
        NotSupportedException forgotten = new("in a task that nobody observes");
        ConcurrentQueue<Exception> reported = [];
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            LoseConnections(lost);
            ForgetTask(forgotten);
            Collect();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        reported.ShouldContain(forgotten, "else this test would see nothing at all");
        reported.ShouldNotContain(lost);

        // Other tests run meanwhile: only these two errors count.
        void Note(object? sender, UnobservedTaskExceptionEventArgs args)
        {
            foreach (Exception error in args.Exception.Flatten().InnerExceptions)
            {
                reported.Enqueue(error);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Reader, WeakReference Writer) AttachAndForget(ScriptedTransport transport)
    {
        Connection connection = Connection.Attach(transport);
        return (new WeakReference(connection.Reader), new WeakReference(connection.Writer));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (AsyncStreamWriter Writer, WeakReference Reader) KeepWriter(ScriptedTransport transport)
    {
        Connection connection = Connection.Attach(transport);
        return (connection.Writer, new WeakReference(connection.Reader));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (AsyncStreamReader Reader, WeakReference Writer) KeepReader(ScriptedTransport transport)
    {
        Connection connection = Connection.Attach(transport);
        return (connection.Reader, new WeakReference(connection.Writer));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ScriptedTransport ServeAndForget() =>
        new Shop(async connection =>
        {
            byte[] line = await connection.Reader.ReadLineAsync().ConfigureAwait(false);
            connection.Writer.Write(line);
        }).Connect();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LoseConnections(ConnectionException error)
    {
        new Wire().Transport.ArriveError(error);
        new Shop().Connect().ArriveError(error);

        Wire sending = Wire.Blocked(queued: 5);
        sending.Transport.FailSend(error);

        Wire disposed = Wire.Blocked(queued: 5);
        Task end = disposed.Connection.DisposeAsync().AsTask();
        disposed.Transport.FailSend(error);
        end.Now();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ForgetTask(Exception error) => _ = Task.FromException(error);

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
