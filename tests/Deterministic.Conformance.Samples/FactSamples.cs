namespace Deterministic.Conformance.Samples;

public sealed class FactSamples
{
    [Fact]
    [Clause("R-READ-01")]
    public void Counts() { }

    [Fact]
    [Clause("R-READ-01", "R-READ-02")]
    [Clause("R-READ-01")]
    [Documented("read(n)")]
    public void Names_several() { }

    [Fact]
    [Documented("read(n)", "read()")]
    public void Names_members_only() { }

    [Fact]
    public void Names_nothing() { }

    [WhenItRainsFact]
    [Clause("R-READ-01")]
    public void Counts_though_the_machine_decides_whether_it_is_run() { }

    [Fact(Skip = "Not today.")]
    [Clause("R-READ-03")]
    public void Is_skipped() { }

    [Clause("R-READ-03")]
    public void Is_no_test() { }

    // [Clause("R-READ-03")]
    [Fact]
    public void Has_its_clause_in_a_comment() { }

#if NEVER
    // [Clause("R-READ-03")]
    [Fact]
    [Clause("R-READ-03")]
    public void Is_not_compiled() { }
#endif

    public sealed class Nested
    {
        [Fact]
        [Clause("R-READ-01")]
        public void Counts_too() { }
    }

    private sealed class Hidden
    {
        [Fact]
        [Clause("R-READ-03")]
        public void Is_found_by_no_runner() { }
    }
}
