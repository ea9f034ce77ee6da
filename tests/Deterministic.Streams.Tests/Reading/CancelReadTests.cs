using System.Buffers;

namespace Deterministic.Streams.Tests;

public class CancelReadTests
{
    private readonly Wire _wire = new();
    private readonly CancellationTokenSource _source = new();

    [Fact]
    public void A_cancel_after_completion_changes_nothing()
    {
        ValueTask<byte[]> read = _wire.Reader.ReadAsync(9, _source.Token);
        _wire.Transport.Arrive("abc");
        _source.Cancel();
        _wire.Transport.RunScheduled().ShouldBe(0);
        read.AsTask().Text().ShouldBe("abc");
    }

    [Fact]
    public void Bytes_that_come_after_the_cancel_are_for_the_next_read()
    {
        Task<byte[]> read = _wire.ReadAsync(9, _source.Token);
        _source.Cancel();
        _wire.Transport.Arrive("abc");
        _wire.Transport.RunScheduled();
        read.ShouldBeCancelledBy(_source.Token);
        _wire.ReadAsync(9).Text().ShouldBe("abc");
    }

    [Clause("R-CONC-05")]
    [Fact]
    public void Until_its_cancellation_is_picked_up_a_read_is_the_one_read()
    {
        ValueTask<byte[]> read = _wire.Reader.ReadAsync(9, _source.Token);
        _source.Cancel();
        _wire.Transport.RunScheduled();
        read.IsCanceled.ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => _wire.ReadAsync(1));
        Should.Throw<OperationCanceledException>(() => read.AsTask().Now());
        _wire.ReadAsync(1).ShouldWait();
    }

    [Fact]
    public void A_token_cancelled_later_does_not_touch_the_next_read()
    {
        Task<byte[]> first = _wire.ReadAsync(9, _source.Token);
        _wire.Transport.Arrive("abc");
        first.Text().ShouldBe("abc");
        Task<byte[]> second = _wire.ReadAsync(9);
        _source.Cancel();
        _wire.Transport.RunScheduled();
        second.ShouldWait();
        _wire.Transport.Arrive("def");
        second.Text().ShouldBe("def");
    }

    [Clause("R-READ-06")]
    [Fact]
    public void A_cancelled_read_to_the_end_keeps_what_it_gathered_readable()
    {
        Task<byte[]> read = _wire.ReadAsync(-1, _source.Token);
        _wire.Transport.Arrive("abc");
        _wire.Transport.Arrive("def");
        _wire.Reader.Buffered.ShouldBe(0);
        _source.Cancel();
        _wire.Transport.RunScheduled();
        read.ShouldBeCancelledBy(_source.Token);
        _wire.Reader.Buffered.ShouldBe(6);
        _wire.ReadAsync(9).Text().ShouldBe("abcdef");
    }

    [Fact]
    public void The_same_token_serves_many_reads()
    {
        for (int i = 0; i < 5; i++)
        {
            Task<byte[]> read = _wire.ReadAsync(9, _source.Token);
            _wire.Transport.Arrive("abc");
            read.Text().ShouldBe("abc");
        }

        Task<byte[]> last = _wire.ReadAsync(9, _source.Token);
        _source.Cancel();
        _wire.Transport.RunScheduled();
        last.ShouldBeCancelledBy(_source.Token);
    }

    [Fact]
    public void A_result_that_comes_while_the_read_is_being_set_up_wins_over_a_cancel()
    {
        // Reading is paused; the read must wait, so it resumes, and the transport has the rest at hand.
        Wire wire = new(limit: 1);
        wire.Transport.Arrive("abc");
        wire.Transport.Arrive("def");
        Task<byte[]> read = wire.Reader.ReadExactlyAsync(6, _source.Token).AsTask();
        read.Text().ShouldBe("abcdef");
        _source.Cancel();
        wire.Transport.RunScheduled();
        wire.ReadAsync(1).ShouldWait();
    }

    [Fact]
    public void Cancels_that_race_completions_lose_no_byte()
    {
        const int Rounds = 3000;
        ScriptedTransport transport = new()
        {
            Scheduler = static (callback, state) => ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null),
        };
        Wire wire = new(transport: transport);
        using Barrier barrier = new(2);
        CancellationTokenSource? racing = null;
        Thread canceller = new(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                barrier.SignalAndWait();
                racing!.Cancel();
                barrier.SignalAndWait();
            }
        });
        ArrayBufferWriter<byte> got = new();
        canceller.Start();
        for (int i = 0; i < Rounds; i++)
        {
            racing = new CancellationTokenSource();
            Task<byte[]> read = wire.Reader.ReadExactlyAsync(2, racing.Token).AsTask();
            barrier.SignalAndWait();
            wire.Transport.Arrive(((char)('a' + (i % 26))).ToString());
            barrier.SignalAndWait();
            try
            {
                got.Write(read.GetAwaiter().GetResult());
            }
            catch (OperationCanceledException)
            {
                // Its byte is there for the next read.
            }

            racing.Dispose();
        }

        canceller.Join();
        got.Write(wire.Reader.TakeBuffered());
        Bytes
            .Text(got.WrittenSpan)
            .ShouldBe(string.Concat(Enumerable.Range(0, Rounds).Select(i => (char)('a' + (i % 26)))));
    }
}
