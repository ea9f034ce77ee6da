namespace Deterministic.Conformance.Samples;

public sealed class TheorySamples
{
    public static TheoryData<int> Some => [1];

    [Theory]
    [InlineData(1)]
    [Clause("R-READ-01")]
    public void Counts(int number) => Assert.NotEqual(0, number);

    [Theory]
    [MemberData(nameof(Some), Skip = "Not these.")]
    [MemberData(nameof(Some))]
    [Clause("R-READ-01")]
    public void Counts_for_the_rows_that_are_not_skipped(int number) => Assert.NotEqual(0, number);

    [Theory]
    [MemberData(nameof(Some), Skip = "None of them.")]
    [Clause("R-READ-03")]
    public void Has_skipped_rows_only(int number) => Assert.NotEqual(0, number);

    [Theory]
    [Clause("R-READ-03")]
    public void Has_no_rows() { }

    [Theory(Skip = "Not today.")]
    [InlineData(1)]
    [Clause("R-READ-03")]
    public void Is_skipped(int number) => Assert.NotEqual(0, number);
}
