using System.IO.Pipelines;

namespace Deterministic.Streams.Tests;

public class PipeCompletionTests
{
    private readonly Wire _wire = new();

    [Fact]
    public void Completing_the_output_sends_what_was_not_flushed_and_ends_our_half()
    {
        IDuplexPipe pipe = _wire.Connection.AsDuplexPipe();
        pipe.Output.GetSpan()[0] = (byte)'a';
        pipe.Output.Advance(1);
        pipe.Output.Complete();
        _wire.Transport.Sent.ShouldBe("a");
        _wire.Transport.Calls.ShouldEndWith("shutdown");
        _wire.Writer.IsClosing.ShouldBeFalse();
        _wire.Transport.Arrive("b");
        Bytes.Text(pipe.Input.ReadAsync().AsTask().Now().Buffer).ShouldBe("b");
    }

    [Fact]
    public void Where_a_half_cannot_be_ended_completing_the_output_closes()
    {
        Wire wire = new(transport: new ScriptedTransport { CanEnd = false });
        wire.Connection.AsDuplexPipe().Output.Complete();
        wire.Transport.Calls.ShouldEndWith("close");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Completing_both_closes_whichever_comes_first(bool inputFirst)
    {
        IDuplexPipe pipe = _wire.Connection.AsDuplexPipe();
        Action[] completions = [() => pipe.Input.Complete(), () => pipe.Output.Complete()];
        completions[inputFirst ? 0 : 1]();
        _wire.Transport.Calls.ShouldNotContain("close");
        completions[inputFirst ? 1 : 0]();
        _wire.Transport.Calls.ShouldEndWith("close");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Completing_either_with_an_error_aborts(bool input)
    {
        IDuplexPipe pipe = _wire.Connection.AsDuplexPipe();
        pipe.Output.GetSpan();
        pipe.Output.Advance(1);
        if (input)
        {
            pipe.Input.Complete(new InvalidOperationException("gone wrong"));
        }
        else
        {
            pipe.Output.Complete(new InvalidOperationException("gone wrong"));
        }

        _wire.Transport.Calls.ShouldEndWith("abort");
        _wire.Transport.Sent.ShouldBe("");
    }

    [Fact]
    public void Pipes_that_leave_the_connection_open_do()
    {
        IDuplexPipe pipe = _wire.Connection.AsDuplexPipe(leaveOpen: true);
        pipe.Output.GetSpan()[0] = (byte)'a';
        pipe.Output.Advance(1);
        pipe.Output.Complete();
        pipe.Input.Complete(new InvalidOperationException("gone wrong"));
        _wire.Transport.Sent.ShouldBe("a");
        _wire.Writer.IsClosing.ShouldBeFalse();
        _wire.Write("b");
        _wire.Transport.Sent.ShouldBe("ab");
    }

    [Fact]
    public void There_are_no_pipes_over_nothing() =>
        Should.Throw<ArgumentNullException>(() => ((Connection)null!).AsDuplexPipe());
}
