using Deterministic.Core;

namespace Deterministic.Streams.Tests;

/// <summary>Where the operations of a stream below a connection run.</summary>
public class StreamTransportContextTests
{
    private readonly ScriptedStream _stream = new();

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
        seen.Now().ShouldBeNull("the library continues as if there were no context");
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

        StreamAdapterOptions scheduled = new() { Scheduler = static (_, _) => { } };
        Connection
            .FromStream(_stream, scheduled)
            .Reader.AllowsBlockingWaits.ShouldBeFalse("a scheduler may be a single thread");
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
}
