using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public class FilledReadTests
{
    private readonly Wire _wire = new();

    [Fact]
    public void It_fills_the_front_of_the_callers_memory_and_no_more()
    {
        byte[] buffer = Bytes.Of("......");
        _wire.Transport.Arrive("abc");
        _wire.Reader.ReadAsync(buffer.AsMemory(1, 4)).AsTask().Now().ShouldBe(3);
        Bytes.Text(buffer).ShouldBe(".abc..");
    }

    [Fact]
    public void It_takes_no_more_than_fits()
    {
        byte[] buffer = new byte[2];
        _wire.Transport.Arrive("abc");
        _wire.Reader.ReadAsync(buffer).AsTask().Now().ShouldBe(2);
        _wire.Reader.Buffered.ShouldBe(1);
    }

    [Fact]
    public void Into_no_memory_nothing_is_read_and_nobody_waits() =>
        _wire.Reader.ReadAsync(Memory<byte>.Empty).AsTask().Now().ShouldBe(0);

    [Fact]
    public void At_the_end_nothing_is_read()
    {
        _wire.Transport.ArriveEof();
        _wire.Reader.ReadAsync(new byte[3]).AsTask().Now().ShouldBe(0);
    }

    [Fact]
    public void Both_forms_throw_at_once_while_another_read_waits()
    {
        Task<byte[]> first = _wire.ReadAsync(3);
        Should.Throw<InvalidOperationException>(() =>
        {
            _ = _wire.Reader.ReadAsync(new byte[1]);
        });
        Should.Throw<InvalidOperationException>(() =>
        {
            _ = _wire.Reader.ReadExactlyAsync(new byte[1]);
        });
        _wire.Transport.Arrive("abc");
        first.Text().ShouldBe("abc");
    }

    [Fact]
    public void A_cancelled_one_leaves_the_memory_alone()
    {
        byte[] buffer = Bytes.Of("...");
        using CancellationTokenSource source = new();
        Task read = _wire.Reader.ReadExactlyAsync(buffer, source.Token).AsTask();
        _wire.Transport.Arrive("ab");
        source.Cancel();
        _wire.Transport.RunScheduled();
        read.ShouldBeCancelledBy(source.Token);
        _wire.Transport.Arrive("c");
        Bytes.Text(buffer).ShouldBe("...");
        _wire.Reader.ReadExactlyAsync(buffer).AsTask().Now();
        Bytes.Text(buffer).ShouldBe("abc");
    }

    [Fact]
    public void An_incomplete_one_has_what_came_in_the_exception()
    {
        byte[] buffer = Bytes.Of("...");
        Task read = _wire.Reader.ReadExactlyAsync(buffer).AsTask();
        _wire.Transport.Arrive("ab");
        _wire.Transport.ArriveEof();
        IncompleteReadException error = read.Error<IncompleteReadException>();
        error.Partial.ToArray().ShouldBe(Bytes.Of("ab"));
        error.Expected.ShouldBe(3);
        Bytes.Text(buffer).ShouldBe("...");
    }
}
