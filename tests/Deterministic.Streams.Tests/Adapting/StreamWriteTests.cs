using Deterministic.Core;
using Deterministic.Streams.Adapting;

namespace Deterministic.Streams.Tests;

public class StreamWriteTests
{
    private readonly CancellationTokenSource _source = new();

    [Fact]
    public void A_write_goes_out_at_once()
    {
        Wire wire = new();
        Write(wire, "abc").Now();
        wire.Transport.Sent.ShouldBe("abc");
        Stream stream = wire.Connection.AsStream();
        stream.WriteAsync(Bytes.Of("defg"), 1, 2).Now();
        stream.EndWrite(stream.BeginWrite(Bytes.Of("defg"), 3, 1, null, null));
        stream.FlushAsync().Now();
        stream.Flush();
        wire.Transport.Sent.ShouldBe("abcefg");
    }

    [Fact]
    public void A_write_and_a_flush_wait_while_too_much_is_queued()
    {
        Wire wire = Wire.Blocked(queued: 0);
        Write(wire, "12345678").Now();
        Task write = Write(wire, "9");
        write.ShouldWait();
        Task flush = wire.Connection.AsStream().FlushAsync();
        flush.ShouldWait();
        wire.Transport.Accept(6);
        wire.Transport.RunScheduled();
        write.ShouldWait();
        wire.Transport.Accept(1);
        wire.Transport.RunScheduled();
        write.Now();
        flush.Now();
    }

    [Fact]
    public void A_write_that_is_cancelled_beforehand_takes_nothing()
    {
        Wire wire = new();
        _source.Cancel();
        Write(wire, "abc", _source.Token).ShouldBeCancelledBy(_source.Token);
        Write(wire, new string('a', 100_000), _source.Token).ShouldBeCancelledBy(_source.Token);
        wire.Transport.Sent.ShouldBe("");
    }

    [Fact]
    public void A_write_that_is_cancelled_while_it_waits_was_taken_and_is_sent()
    {
        Wire wire = Wire.Blocked(queued: 9);
        Task write = Write(wire, "abc", _source.Token);
        _source.Cancel();
        wire.Transport.RunScheduled();
        write.ShouldBeCancelledBy(_source.Token);
        wire.Transport.Accept(100);
        wire.Transport.Sent.ShouldBe("xxxxxxxxxabc");
    }

    [Fact]
    public void A_large_write_is_taken_in_pieces_as_the_peer_takes_them()
    {
        Wire wire = Wire.Blocked(queued: 0);
        string large = new('a', (2 * AdaptedWrite.Piece) + 5);
        Task write = Write(wire, large);
        wire.Writer.Buffered.ShouldBe(AdaptedWrite.Piece);
        wire.Transport.Accept(AdaptedWrite.Piece);
        wire.Transport.RunScheduled();
        wire.Writer.Buffered.ShouldBe(AdaptedWrite.Piece);
        write.ShouldWait();
        wire.Transport.Accept(AdaptedWrite.Piece + 5);
        wire.Transport.RunScheduled();
        write.Now();
        wire.Transport.Sent.ShouldBe(large);
    }

    [Fact]
    public void A_large_write_that_is_cancelled_while_it_waits_was_taken_whole()
    {
        foreach (int pieces in new[] { 0, 1, 2 })
        {
            Wire wire = Wire.Blocked(queued: 0);
            using CancellationTokenSource source = new();
            string large = string.Concat(Enumerable.Range(0, 30_000).Select(number => $"{number} "));
            large.Length.ShouldBeGreaterThan(2 * AdaptedWrite.Piece);
            Task write = Write(wire, large, source.Token);
            for (int piece = 0; piece < pieces; piece++)
            {
                wire.Transport.Accept(AdaptedWrite.Piece);
                wire.Transport.RunScheduled();
            }

            source.Cancel();
            wire.Transport.RunScheduled();
            write.ShouldBeCancelledBy(source.Token);
            wire.Transport.Accept(large.Length);
            wire.Transport.Sent.ShouldBe(large);
        }
    }

    [Fact]
    public void A_write_after_a_close_on_this_side_is_an_IOException_of_the_kind_aborted()
    {
        Wire wire = new();
        Stream stream = wire.Connection.AsStream();
        wire.Writer.Close();
        ConnectionException error = stream.WriteAsync(new byte[1]).AsTask().Error<ConnectionException>();
        error.ShouldBeAssignableTo<IOException>()!.Message.ShouldContain("closed");
        error.Kind.ShouldBe(ConnectionErrorKind.Aborted);
        stream.WriteAsync(new byte[100_000]).AsTask().Error<ConnectionException>();
    }

    [Fact]
    public void A_write_after_a_loss_throws_what_it_was_lost_with()
    {
        Wire wire = new();
        wire.Transport.FailSend(Wire.Reset);
        Write(wire, "abc").Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        Write(wire, "abc").Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        wire.Connection.AsStream().FlushAsync().Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
    }

    [Fact]
    public void A_write_after_the_end_of_our_half_is_refused()
    {
        Wire wire = new();
        wire.Writer.WriteEof();
        Should.Throw<InvalidOperationException>(() => Write(wire, "abc"));
    }

    private static Task Write(Wire wire, string text, CancellationToken token = default) =>
        wire.Connection.AsStream().WriteAsync(Bytes.Of(text), token).AsTask();
}
