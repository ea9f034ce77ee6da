using System.Buffers;

namespace Deterministic.Core.Tests;

public class BorrowedMemoryTests
{
    private readonly CheckedPool _pool = new();
    private readonly ReaderMachine _reader;

    public BorrowedMemoryTests() => _reader = new ReaderMachine(100_000, _pool);

    [Fact]
    public void What_was_read_stays_as_it_is_while_more_is_received()
    {
        _reader.Feed("abc");
        ReadOnlySequence<byte> borrowed = _reader.Begin(ReadRequest.Read(3)).Data;
        for (int i = 0; i < 20; i++)
        {
            _reader.Receive(Bytes.Counting(1000));
            Bytes.Text(borrowed).ShouldBe("abc");
        }
    }

    [Fact]
    public void What_was_read_stays_as_it_is_through_the_end_and_an_error()
    {
        _reader.Feed("abc");
        ReadOnlySequence<byte> borrowed = _reader.Begin(ReadRequest.Read(3)).Data;
        _reader.End();
        _reader.Fail("reset");
        _reader.BufferedText().ShouldBe("");
        _reader.Poll();
        Bytes.Text(borrowed).ShouldBe("abc");
    }

    [Fact]
    public void The_next_read_ends_the_loan()
    {
        _reader.Feed("abc");
        ReadOnlyMemory<byte> borrowed = _reader.Begin(ReadRequest.Read(3)).Data.First;
        _reader.Read(1).ShouldBe(ReaderTalk.Pending);
        _pool.Rented.ShouldBe(0);
        borrowed.ToArray().ShouldAllBe(value => value == CheckedPool.Poison);
    }

    [Fact]
    public void Releasing_ends_the_loan()
    {
        _reader.Feed("abc");
        _reader.Read(3);
        _pool.Rented.ShouldBe(1);
        _reader.Release();
        _pool.Rented.ShouldBe(0);
        _reader.Release();
        _pool.Rented.ShouldBe(0);
    }

    [Fact]
    public void Releasing_keeps_what_is_not_read()
    {
        _reader.Feed("abc");
        _reader.Read(1);
        _reader.Release();
        _reader.Read(9).ShouldBe(ReaderTalk.Ok("bc"));
    }

    [Fact]
    public void A_loan_over_several_segments_is_kept_whole_and_then_returned_whole()
    {
        byte[] data = Bytes.Counting(20_000);
        foreach (byte[] chunk in data.Chunk(1000))
        {
            _reader.Receive(chunk);
        }

        _pool.Rented.ShouldBeGreaterThan(1);
        ReadOnlySequence<byte> borrowed = _reader.Begin(ReadRequest.Exactly(20_000)).Data;
        _reader.Receive("x"u8);
        borrowed.ToArray().ShouldBe(data);
        _reader.Read(9).ShouldBe(ReaderTalk.Ok("x"));
        _reader.Release();
        _pool.Rented.ShouldBe(0);
        _pool.VerifyUntouched();
    }

    [Fact]
    public void An_incomplete_read_lends_its_bytes_too()
    {
        _reader.Feed("abc");
        _reader.End();
        ReadOnlySequence<byte> borrowed = _reader.Begin(ReadRequest.Exactly(9)).Data;
        Bytes.Text(borrowed).ShouldBe("abc");
        _pool.Rented.ShouldBe(1);
        _reader.Release();
        _pool.Rented.ShouldBe(0);
    }

    [Fact]
    public void Reading_all_with_the_driver_at_work_reuses_memory()
    {
        // One array serves the receive under way while the array before it is lent to the reader.
        for (int i = 0; i < 1000; i++)
        {
            _reader.Receive("abcdefgh"u8);
            _reader.Read(100).ShouldBe(ReaderTalk.Ok("abcdefgh"));
        }

        _pool.Made.ShouldBeLessThanOrEqualTo(2);
        _pool.VerifyUntouched();
    }
}
