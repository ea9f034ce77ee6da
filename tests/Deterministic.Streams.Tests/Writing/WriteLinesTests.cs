namespace Deterministic.Streams.Tests;

public class WriteLinesTests
{
    private readonly Wire _wire = new(high: 4);

    public WriteLinesTests() => _wire.Transport.ForgetCalls();

    [Clause("W-LINES-01")]
    [Documented("StreamWriter.writelines(data)")]
    [Fact]
    public void Pieces_go_out_in_order_as_one_send_with_nothing_between_them()
    {
        _wire.Writer.WriteLines(Bytes.Pieces("ab", "", "cd\n"));
        _wire.Transport.Sent.ShouldBe("abcd\n");
        _wire.Transport.Calls.ShouldBe("send[5]");
    }

    [Fact]
    public void Any_enumerable_will_do_and_is_gone_through_once()
    {
        int times = 0;
        _wire.Writer.WriteLines(Pieces());
        _wire.Transport.Sent.ShouldBe("abcd");
        times.ShouldBe(1);

        IEnumerable<ReadOnlyMemory<byte>> Pieces()
        {
            times++;
            yield return Bytes.Of("ab");
            yield return Bytes.Of("cd");
        }
    }

    [Fact]
    public void Pieces_that_fail_to_come_write_nothing()
    {
        Should.Throw<NotSupportedException>(() => _wire.Writer.WriteLines(Pieces()));
        _wire.Transport.Calls.ShouldBe("");
        _wire.Writer.Buffered.ShouldBe(0);

        static IEnumerable<ReadOnlyMemory<byte>> Pieces()
        {
            yield return Bytes.Of("ab");
            throw new NotSupportedException();
        }
    }

    [Fact]
    public void They_pause_as_a_write_does()
    {
        _wire.Transport.Limit(0);
        _wire.Writer.WriteLines(Bytes.Pieces("ab", "cd"));
        _wire.DrainAsync().Now();
        _wire.Writer.WriteLines(Bytes.Pieces("e"));
        Task drain = _wire.DrainAsync();
        drain.ShouldWait();
        _wire.Transport.Accept(4);
        drain.Now();
    }

    [Clause("W-WRITE-05")]
    [Fact]
    public void Pieces_are_the_callers_again_at_once()
    {
        _wire.Transport.Limit(0);
        byte[] data = Bytes.Of("abcd");
        ReadOnlyMemory<byte>[] pieces = [data.AsMemory(0, 2), data.AsMemory(2)];
        _wire.Writer.WriteLines(pieces);
        data.AsSpan().Clear();
        Array.Clear(pieces);
        _wire.Transport.Accept(9);
        _wire.Transport.Sent.ShouldBe("abcd");
    }

    [Fact]
    public void After_the_end_was_written_they_are_refused_even_if_there_are_none()
    {
        _wire.Writer.WriteEof();
        Should.Throw<InvalidOperationException>(() => _wire.Writer.WriteLines([]));
        Should.Throw<InvalidOperationException>(() => _wire.Writer.WriteLines(Bytes.Pieces("a")));
    }

    [Fact]
    public void They_must_be_given() =>
        Should.Throw<ArgumentNullException>(() => _wire.Writer.WriteLines(null!)).ParamName.ShouldBe("lines");
}
