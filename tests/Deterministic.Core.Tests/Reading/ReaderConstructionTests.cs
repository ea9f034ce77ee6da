namespace Deterministic.Core.Tests;

public class ReaderConstructionTests
{
    [Clause("R-CTOR-01")]
    [Fact]
    public void Limit_is_64_KiB_unless_given() => new ReaderMachine().Limit.ShouldBe(65536);

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void Any_positive_limit_is_taken(int limit) => new ReaderMachine(limit).Limit.ShouldBe(limit);

    [Clause("R-CTOR-02")]
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_limit_that_is_not_positive_is_refused(int limit) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ReaderMachine(limit)).ParamName.ShouldBe("limit");

    [Fact]
    public void A_new_reader_is_open_empty_running_and_holds_no_memory()
    {
        CheckedPool pool = new();
        ReaderMachine reader = new(8, pool);
        reader.State.ShouldBe(ReaderState.Open);
        reader.Buffered.ShouldBe(0);
        reader.AtEof.ShouldBeFalse();
        reader.Error.ShouldBeNull();
        reader.IsPaused.ShouldBeFalse();
        reader.PendingRead.ShouldBe(ReadKind.None);
        reader.PeekBuffered().IsEmpty.ShouldBeTrue();
        reader.Release();
        pool.Rents.ShouldBeEmpty();
    }
}
