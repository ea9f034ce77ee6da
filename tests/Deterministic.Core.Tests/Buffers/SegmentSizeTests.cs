using Deterministic.Core.Buffers;

namespace Deterministic.Core.Tests;

public class SegmentSizeTests
{
    [Fact]
    public void It_starts_with_the_smallest() => default(SegmentSize).Current.ShouldBe(4096);

    [Fact]
    public void Receives_that_fill_what_was_lent_double_it_up_to_the_largest()
    {
        SegmentSize size = default;
        List<int> sizes = [];
        for (int i = 0; i < 6; i++)
        {
            size.Observe(size.Current, size.Current);
            sizes.Add(size.Current);
        }

        sizes.ShouldBe([8192, 16384, 32768, 65536, 65536, 65536]);
    }

    [Theory]
    [InlineData(8191, 16384)]
    [InlineData(2048, 16384)]
    [InlineData(2047, 8192)]
    [InlineData(1, 8192)]
    public void A_receive_below_an_eighth_halves_it(int received, int next)
    {
        SegmentSize size = Grown(16384);
        size.Observe(received, 8192);
        size.Current.ShouldBe(next);
    }

    [Fact]
    public void It_never_falls_below_the_smallest()
    {
        SegmentSize size = Grown(16384);
        List<int> sizes = [];
        for (int i = 0; i < 4; i++)
        {
            size.Observe(1, size.Current);
            sizes.Add(size.Current);
        }

        sizes.ShouldBe([8192, 4096, 4096, 4096]);
    }

    [Fact]
    public void What_counts_as_full_is_what_was_lent_however_little()
    {
        SegmentSize size = default;
        size.Observe(512, 512);
        size.Current.ShouldBe(8192);
        size.Observe(1023, 1024);
        size.Current.ShouldBe(4096);
    }

    private static SegmentSize Grown(int target)
    {
        SegmentSize size = default;
        while (size.Current < target)
        {
            size.Observe(1, 1);
        }

        return size;
    }
}
