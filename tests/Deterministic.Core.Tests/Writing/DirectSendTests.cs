namespace Deterministic.Core.Tests;

public class DirectSendTests
{
    private readonly CheckedPool _pool = new();
    private readonly WriterMachine _writer;

    public DirectSendTests() => _writer = new WriterMachine(WriteBufferLimits.Create(high: 4), _pool);

    [Fact]
    public void A_write_that_is_taken_at_once_is_never_copied()
    {
        _writer.TryBeginDirect().ShouldBeTrue();
        _writer.Sending.ShouldBe(SendState.SendingDirect);
        _writer.SentDirect([]);
        _writer.Sending.ShouldBe(SendState.Idle);
        _writer.HasOutput.ShouldBeFalse();
        _pool.Rents.ShouldBeEmpty();
    }

    [Fact]
    public void What_the_transport_does_not_take_is_queued()
    {
        _writer.TryBeginDirect().ShouldBeTrue();
        byte[] rest = Bytes.Of("cd");
        _writer.SentDirect(rest);
        rest.AsSpan().Clear();
        _writer.Buffered.ShouldBe(2);
        _writer.HasOutput.ShouldBeTrue();
        _writer.Send().ShouldBe("cd");
    }

    [Fact]
    public void A_write_is_not_sent_past_one_that_is_queued()
    {
        _writer.Write("ab");
        _writer.TryBeginDirect().ShouldBeFalse();
        _writer.Sending.ShouldBe(SendState.Idle);
        _writer.Take(2);
        _writer.TryBeginDirect().ShouldBeTrue();
    }

    [Fact]
    public void Nothing_else_is_sent_or_written_meanwhile()
    {
        _writer.TryBeginDirect();
        _writer.TryBeginDirect().ShouldBeFalse();
        _writer.Send().ShouldBeNull();
        Should
            .Throw<InvalidOperationException>(() => _writer.Write("x"))
            .Message.ShouldContain("direct send is under way");
        _writer.Buffered.ShouldBe(0);
        Should.Throw<InvalidOperationException>(() => _writer.Sent(0)).Message.ShouldContain("No send was begun");
        _writer.Sending.ShouldBe(SendState.SendingDirect);
    }

    [Fact]
    public void The_end_of_the_stream_waits_for_it()
    {
        _writer.TryBeginDirect();
        _writer.WriteEof();
        _writer.TryBeginEnd().ShouldBeFalse();
        _writer.HasOutput.ShouldBeFalse();
        _writer.SentDirect("a"u8);
        _writer.TryBeginEnd().ShouldBeFalse();
        _writer.Take(1);
        _writer.TryBeginEnd().ShouldBeTrue();
    }

    [Fact]
    public void The_rest_pauses_only_once_the_transport_blocks()
    {
        _writer.TryBeginDirect();
        _writer.SentDirect("abcde"u8);
        _writer.IsPaused.ShouldBeFalse();
        _writer.Blocked();
        _writer.IsPaused.ShouldBeTrue();
    }

    [Fact]
    public void A_result_without_a_direct_send_is_refused() =>
        Should
            .Throw<InvalidOperationException>(() => _writer.SentDirect([]))
            .Message.ShouldContain("No send was begun");
}
