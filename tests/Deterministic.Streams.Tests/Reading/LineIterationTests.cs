using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public class LineIterationTests
{
    [Clause("R-ITER-01")]
    [Fact]
    public void Lines_come_until_the_end_with_blank_ones_and_an_unended_last_one()
    {
        Wire wire = new();
        Task<string> lines = Lines(wire);
        wire.Transport.Arrive("one\r\n\ntw");
        wire.Transport.Arrive("o\nthree");
        lines.ShouldWait();
        wire.Transport.ArriveEof();
        lines.Now().ShouldBe("[one\r\n][\n][two\n][three]");
    }

    [Fact]
    public void An_empty_stream_has_no_lines()
    {
        Wire wire = new();
        wire.Transport.ArriveEof();
        Lines(wire).Now().ShouldBe("");
    }

    [Clause("R-ITER-02")]
    [Fact]
    public void A_line_over_the_limit_throws_out_of_the_loop_and_after_skipping_it_one_may_go_on()
    {
        Wire wire = new(limit: 5);
        wire.Transport.Arrive("one\ntoo long\ntwo\n");
        wire.Transport.ArriveEof();
        Lines(wire).Error<LimitOverrunException>().Consumed.ShouldBe(8);
        wire.Reader.SkipLineAsync().AsTask().Now().ShouldBe(9);
        Lines(wire).Now().ShouldBe("[two\n]");
    }

    [Fact]
    public void Leaving_the_loop_leaves_the_rest()
    {
        Wire wire = new();
        wire.Transport.Arrive("one\ntwo\n");
        wire.Read("next").Now().ShouldBe("one\n");
        wire.ReadAsync(9).Text().ShouldBe("two\n");
    }

    private static async Task<string> Lines(Wire wire)
    {
        string lines = "";
        await foreach (byte[] line in wire.Reader.ConfigureAwait(false))
        {
            lines += $"[{Bytes.Text(line)}]";
        }

        return lines;
    }
}
