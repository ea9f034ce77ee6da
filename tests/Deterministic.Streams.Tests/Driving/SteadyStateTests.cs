using System.Buffers;
using Deterministic.Core;

namespace Deterministic.Streams.Tests;

[Collection(Serial.Name)]
public class SteadyStateTests
{
    private readonly QuietTransport _transport = new();
    private readonly Connection _connection;

    public SteadyStateTests()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        _connection = Connection.Attach(
            _transport,
            new ConnectionOptions { WriteBufferLimits = WriteBufferLimits.Create(8) }
        );
    }

    [Fact]
    public void Echoing_borrowed_lines_allocates_nothing()
    {
        _ = EchoAsync(CancellationToken.None);
        SteadyState.AllocatedBy(() => _transport.Arrive("hello, world\n"u8)).ShouldBe(0);
        _transport.Sent.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Echoing_with_a_token_allocates_nothing()
    {
        using CancellationTokenSource source = new();
        _ = EchoAsync(source.Token);
        SteadyState.AllocatedBy(() => _transport.Arrive("hello, world\n"u8)).ShouldBe(0);
    }

    [Fact]
    public void Filling_the_callers_memory_allocates_nothing()
    {
        _ = FillAsync();
        SteadyState.AllocatedBy(() => _transport.Arrive("hello, world\n"u8)).ShouldBe(0);

        async Task FillAsync()
        {
            byte[] buffer = new byte[8];
            while (true)
            {
                await _connection.Reader.ReadAsync(buffer).ConfigureAwait(false);
            }
        }
    }

    [Fact]
    public void Queued_writes_and_waiting_drains_allocate_nothing()
    {
        _transport.TakesAtOnce = false;
        int drained = 0;
        _ = ProduceAsync();
        SteadyState.AllocatedBy(_transport.Accept).ShouldBe(0);
        drained.ShouldBeGreaterThan(SteadyState.Rounds);

        async Task ProduceAsync()
        {
            while (true)
            {
                _connection.Writer.Write("more than the high mark"u8);
                await _connection.Writer.DrainAsync().ConfigureAwait(false);
                drained++;
            }
        }
    }

    private async Task EchoAsync(CancellationToken token)
    {
        while (true)
        {
            ReadOnlySequence<byte> line = await _connection.Reader.BorrowLineAsync(token).ConfigureAwait(false);
            _connection.Writer.Write(line);
            await _connection.Writer.DrainAsync(token).ConfigureAwait(false);
        }
    }
}
