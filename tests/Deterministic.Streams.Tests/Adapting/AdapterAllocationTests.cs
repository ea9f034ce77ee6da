using System.IO.Pipelines;
using Deterministic.Core;

namespace Deterministic.Streams.Tests;

[Collection(Serial.Name)]
public class AdapterAllocationTests
{
    private readonly QuietTransport _transport = new();
    private readonly Connection _connection;

    public AdapterAllocationTests()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        _connection = Connection.Attach(
            _transport,
            new ConnectionOptions { WriteBufferLimits = WriteBufferLimits.Create(8) }
        );
    }

    [Fact]
    public void Echoing_through_a_stream_allocates_nothing()
    {
        _ = EchoAsync(_connection.AsStream());
        SteadyState.AllocatedBy(() => _transport.Arrive("hello, world\n"u8)).ShouldBe(0);
        _transport.Sent.ShouldBeGreaterThan(0);

        static async Task EchoAsync(Stream stream)
        {
            byte[] buffer = new byte[100];
            while (true)
            {
                // As HttpClient and Kestrel do: no memory while nothing comes.
                await stream.ReadAsync(Memory<byte>.Empty).ConfigureAwait(false);
                int count = await stream.ReadAsync(buffer).ConfigureAwait(false);
                await stream.WriteAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
            }
        }
    }

    [OptimizedFact]
    public void Echoing_through_pipes_allocates_nothing()
    {
        _ = EchoAsync(_connection.AsDuplexPipe());
        SteadyState.AllocatedBy(() => _transport.Arrive("hello, world\n"u8)).ShouldBe(0);
        _transport.Sent.ShouldBeGreaterThan(0);

        static async Task EchoAsync(IDuplexPipe pipe)
        {
            while (true)
            {
                ReadResult read = await pipe.Input.ReadAsync().ConfigureAwait(false);
                foreach (ReadOnlyMemory<byte> piece in read.Buffer)
                {
                    piece.CopyTo(pipe.Output.GetMemory(piece.Length));
                    pipe.Output.Advance(piece.Length);
                }

                pipe.Input.AdvanceTo(read.Buffer.End);
                await pipe.Output.FlushAsync().ConfigureAwait(false);
            }
        }
    }

    [OptimizedFact]
    public void Echoing_over_a_connection_made_of_a_stream_allocates_nothing() =>
        EchoingAllocatesNothing(() => Connection.FromStream(_connection.AsStream()));

    [OptimizedFact]
    public void Echoing_over_a_connection_made_of_pipes_allocates_nothing() =>
        EchoingAllocatesNothing(() => Connection.FromDuplexPipe(_connection.AsDuplexPipe()));

    private void EchoingAllocatesNothing(Func<Connection> connect)
    {
        // xunit's context would be captured as the home of the connection.
        SynchronizationContext.SetSynchronizationContext(null);
        _ = EchoAsync(connect());
        SteadyState.AllocatedBy(() => _transport.Arrive("hello, world\n"u8)).ShouldBe(0);
        _transport.Sent.ShouldBeGreaterThan(0);

        static async Task EchoAsync(Connection connection)
        {
            while (true)
            {
                connection.Writer.Write(await connection.Reader.BorrowLineAsync().ConfigureAwait(false));
                await connection.Writer.DrainAsync().ConfigureAwait(false);
            }
        }
    }
}
