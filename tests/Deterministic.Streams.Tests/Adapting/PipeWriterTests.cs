using System.IO.Pipelines;

namespace Deterministic.Streams.Tests;

public class PipeWriterTests
{
    private readonly CancellationTokenSource _source = new();

    [Fact]
    public void What_is_put_together_goes_out_with_the_flush()
    {
        Wire wire = new();
        PipeWriter pipe = wire.Connection.AsDuplexPipe().Output;
        Put(pipe, "abc");
        Put(pipe, "def");
        pipe.CanGetUnflushedBytes.ShouldBeTrue();
        pipe.UnflushedBytes.ShouldBe(6);
        wire.Transport.Sent.ShouldBe("");
        FlushResult flush = Flush(pipe).Now();
        flush.IsCanceled.ShouldBeFalse();
        flush.IsCompleted.ShouldBeFalse();
        pipe.UnflushedBytes.ShouldBe(0);
        wire.Transport.Sent.ShouldBe("abcdef");
        pipe.WriteAsync(Bytes.Of("ghi")).AsTask().Now();
        wire.Transport.Sent.ShouldBe("abcdefghi");
    }

    [Fact]
    public void There_is_as_much_memory_as_was_asked_for_and_never_none()
    {
        Wire wire = new();
        PipeWriter pipe = wire.Connection.AsDuplexPipe().Output;
        int total = 0;
        foreach (int hint in new[] { 0, 1, 5000, 0, 100, 200_000, 0, 3 })
        {
            Memory<byte> memory = pipe.GetMemory(hint);
            memory.Length.ShouldBeGreaterThanOrEqualTo(Math.Max(1, hint));
            memory.Span.Fill((byte)'a');
            pipe.Advance(memory.Length);
            total += memory.Length;
        }

        pipe.UnflushedBytes.ShouldBe(total);
        Flush(pipe).Now();
        wire.Transport.Sent.ShouldBe(new string('a', total));
        Should.Throw<ArgumentOutOfRangeException>(() => pipe.GetMemory(-1));
    }

    [Fact]
    public void No_more_can_be_advanced_than_there_is_memory()
    {
        PipeWriter pipe = new Wire().Connection.AsDuplexPipe().Output;
        pipe.Advance(0);
        Should.Throw<ArgumentOutOfRangeException>(() => pipe.Advance(1));
        int length = pipe.GetMemory().Length;
        Should.Throw<ArgumentOutOfRangeException>(() => pipe.Advance(length + 1));
        Should.Throw<ArgumentOutOfRangeException>(() => pipe.Advance(-1));
    }

    [Fact]
    public void A_flush_waits_while_too_much_is_queued()
    {
        (Wire wire, PipeWriter pipe) = Blocked();
        Task<FlushResult> flush = Flush(pipe);
        flush.ShouldWait();
        wire.Transport.Accept(100);
        wire.Transport.RunScheduled();
        flush.Now().IsCanceled.ShouldBeFalse();
    }

    [Fact]
    public void A_cancelled_flush_ends_with_a_result_that_says_so_and_the_bytes_are_sent()
    {
        (Wire wire, PipeWriter pipe) = Blocked();
        Task<FlushResult> flush = pipe.WriteAsync(Bytes.Of("abc")).AsTask();
        pipe.CancelPendingFlush();
        wire.Transport.RunScheduled();
        flush.Now().IsCanceled.ShouldBeTrue();
        Task<FlushResult> next = Flush(pipe);
        next.ShouldWait();
        wire.Transport.Accept(100);
        wire.Transport.RunScheduled();
        next.Now().IsCanceled.ShouldBeFalse();
        wire.Transport.Sent.ShouldEndWith("abc");
    }

    [Fact]
    public void A_cancel_without_a_flush_ends_the_next_one_which_takes_the_bytes_all_the_same()
    {
        Wire wire = new();
        PipeWriter pipe = wire.Connection.AsDuplexPipe().Output;
        pipe.CancelPendingFlush();
        pipe.WriteAsync(Bytes.Of("abc")).AsTask().Now().IsCanceled.ShouldBeTrue();
        wire.Transport.Sent.ShouldBe("abc");
        Flush(pipe).Now().IsCanceled.ShouldBeFalse();
    }

    [Fact]
    public void A_token_cancels_the_wait_and_beforehand_the_whole_flush()
    {
        (Wire wire, PipeWriter pipe) = Blocked();
        Put(pipe, "abc");
        Task<FlushResult> flush = Flush(pipe, _source.Token);
        _source.Cancel();
        wire.Transport.RunScheduled();
        flush.ShouldBeCancelledBy(_source.Token);
        Put(pipe, "def");
        Flush(pipe, _source.Token).ShouldBeCancelledBy(_source.Token);
        pipe.UnflushedBytes.ShouldBe(3);
        wire.Transport.Accept(100);
        Flush(pipe).Now();
        wire.Transport.Sent.ShouldEndWith("abcdef");
    }

    [Fact]
    public void After_a_close_on_this_side_a_flush_is_completed()
    {
        Wire wire = new();
        PipeWriter pipe = wire.Connection.AsDuplexPipe().Output;
        wire.Writer.Close();
        Put(pipe, "abc");
        Flush(pipe).Now().IsCompleted.ShouldBeTrue();
        pipe.UnflushedBytes.ShouldBe(0);
    }

    [Fact]
    public void A_loss_is_thrown_by_the_flush_that_waits_and_by_the_next()
    {
        (Wire wire, PipeWriter pipe) = Blocked();
        Task<FlushResult> flush = Flush(pipe);
        wire.Transport.FailSend(Wire.Reset);
        wire.Transport.RunScheduled();
        flush.Error<IOException>().ShouldBeSameAs(Wire.Reset);
        Flush(pipe).Error<IOException>().ShouldBeSameAs(Wire.Reset);
    }

    [Fact]
    public void After_completion_nothing_can_be_written()
    {
        PipeWriter pipe = new Wire().Connection.AsDuplexPipe().Output;
        pipe.Complete();
        pipe.Complete();
        Should.Throw<InvalidOperationException>(() => pipe.GetMemory());
        Should.Throw<InvalidOperationException>(() => pipe.GetSpan());
        Should.Throw<InvalidOperationException>(() => pipe.Advance(0));
        Should.Throw<InvalidOperationException>(() =>
        {
            _ = pipe.FlushAsync();
        });
        Should.Throw<InvalidOperationException>(() =>
        {
            _ = pipe.WriteAsync(new byte[1]);
        });
    }

    private static void Put(PipeWriter pipe, string text)
    {
        Bytes.Of(text).CopyTo(pipe.GetSpan(text.Length));
        pipe.Advance(text.Length);
    }

    private static Task<FlushResult> Flush(PipeWriter pipe, CancellationToken token = default) =>
        pipe.FlushAsync(token).AsTask();

    private static (Wire Wire, PipeWriter Pipe) Blocked()
    {
        Wire wire = Wire.Blocked(queued: 20);
        return (wire, wire.Connection.AsDuplexPipe().Output);
    }
}
