namespace Deterministic.Core.Tests;

public class EofStateTests
{
    private readonly WriterMachine _writer = new(WriteBufferLimits.Default);

    [Fact]
    public void The_end_is_told_at_once_if_nothing_is_queued()
    {
        _writer.TryBeginEnd().ShouldBeFalse();
        _writer.WriteEof();
        _writer.End.ShouldBe(EofState.Queued);
        _writer.HasOutput.ShouldBeTrue();
        _writer.TryBeginEnd().ShouldBeTrue();
        _writer.End.ShouldBe(EofState.Sending);
        _writer.HasOutput.ShouldBeFalse();
        _writer.EndSent();
        _writer.End.ShouldBe(EofState.Sent);
        _writer.TryBeginEnd().ShouldBeFalse();
    }

    [Fact]
    public void The_end_waits_until_everything_queued_is_sent()
    {
        _writer.Write("ab");
        _writer.WriteEof();
        _writer.TryBeginEnd().ShouldBeFalse();
        _writer.TryBeginSend(out _).ShouldBeTrue();
        _writer.TryBeginEnd().ShouldBeFalse();
        _writer.HasOutput.ShouldBeFalse();
        _writer.Sent(1);
        _writer.TryBeginEnd().ShouldBeFalse();
        _writer.HasOutput.ShouldBeTrue();
        _writer.Take(1);
        _writer.TryBeginEnd().ShouldBeTrue();
    }

    [Clause("W-EOF-03")]
    [Fact]
    public void The_end_is_told_once()
    {
        _writer.WriteEof();
        _writer.WriteEof();
        _writer.TryBeginEnd().ShouldBeTrue();
        _writer.TryBeginEnd().ShouldBeFalse();
        _writer.WriteEof();
        _writer.End.ShouldBe(EofState.Sending);
        _writer.EndSent();
        _writer.WriteEof();
        _writer.End.ShouldBe(EofState.Sent);
        _writer.TryBeginEnd().ShouldBeFalse();
    }

    [Clause("W-EOF-04")]
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    public void Nothing_is_written_after_the_end_not_even_nothing(string data)
    {
        _writer.WriteEof();
        Refused();
        _writer.TryBeginEnd();
        Refused();
        _writer.EndSent();
        Refused();

        void Refused()
        {
            Should
                .Throw<InvalidOperationException>(() => _writer.Write(data))
                .Message.ShouldContain("Cannot call Write after WriteEof");
            _writer.Buffered.ShouldBe(0);
        }
    }
}
