using System.Buffers;
using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public class BorrowedReadTests
{
    private readonly Wire _wire = new();

    [Clause("R-READ-05")]
    [Fact]
    public void What_was_borrowed_stays_while_more_arrives()
    {
        _wire.Transport.Arrive("abc");
        ReadOnlySequence<byte> borrowed = _wire.Reader.BorrowAsync(3).AsTask().Now();
        for (int i = 0; i < 100; i++)
        {
            _wire.Transport.Arrive(new string('x', 1000));
            Bytes.Text(borrowed).ShouldBe("abc");
        }
    }

    [Clause("R-READ-05")]
    [Fact]
    public void What_was_borrowed_stays_through_looking_and_through_the_end_of_the_connection()
    {
        _wire.Transport.Arrive("abcdef");
        ReadOnlySequence<byte> borrowed = _wire.Reader.BorrowAsync(3).AsTask().Now();
        _wire.Reader.PeekBuffered().ShouldBe(Bytes.Of("def"));
        _wire.Transport.ArriveError(Wire.Reset);
        Bytes.Text(borrowed).ShouldBe("abc");
    }

    [Fact]
    public void A_refused_read_does_not_end_the_loan()
    {
        _wire.Transport.Arrive("abc");
        ReadOnlySequence<byte> borrowed = _wire.Reader.BorrowAsync(3).AsTask().Now();
        using CancellationTokenSource source = new();
        source.Cancel();
        _wire.ReadAsync(1, source.Token).ShouldBeCancelledBy(source.Token);
        Should.Throw<ArgumentOutOfRangeException>(() => _wire.Reader.ReadExactlyAsync(-1));
        _wire.Transport.Arrive("xyz");
        Bytes.Text(borrowed).ShouldBe("abc");
    }

    [Fact]
    public void A_borrowed_message_can_be_written_back_without_a_copy_of_ones_own()
    {
        _wire.Transport.Arrive("hello\nworld\n");
        Echo().Now();
        _wire.Transport.Sent.ShouldBe("hello\nworld\n");

        async Task Echo()
        {
            for (int i = 0; i < 2; i++)
            {
                _wire.Writer.Write(await _wire.Reader.BorrowLineAsync().ConfigureAwait(false));
            }
        }
    }

    [Clause("E-INC-01")]
    [Fact]
    public void A_borrowed_read_that_is_incomplete_has_its_bytes_in_the_exception()
    {
        _wire.Transport.Arrive("ab");
        _wire.Transport.ArriveEof();
        IncompleteReadException error = _wire.Reader.BorrowExactlyAsync(3).AsTask().Error<IncompleteReadException>();
        error.Partial.ToArray().ShouldBe(Bytes.Of("ab"));
        _wire.ReadAsync(1).Text().ShouldBe("");
        error.Partial.ToArray().ShouldBe(Bytes.Of("ab"));
    }
}
