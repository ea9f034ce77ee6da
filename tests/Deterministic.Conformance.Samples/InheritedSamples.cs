namespace Deterministic.Conformance.Samples;

[Clause("R-READ-01")]
public abstract class InheritedSamples<T>
{
    [Fact]
    public void Counts_for_each_heir() => Assert.NotNull(typeof(T));

    [Fact]
    [Clause("R-READ-02")]
    public void Counts_for_its_own_clause_as_well() => Assert.NotNull(typeof(T));
}

[Clause("R-READ-04")]
public sealed class HeirSamples : InheritedSamples<int>
{
    [Fact]
    public void Counts_for_both_classes() { }

    [Fact(Skip = "Not today.")]
    public void Is_skipped() { }
}

public sealed class OpenHeirSamples<T> : InheritedSamples<T>;

internal sealed class HiddenHeirSamples : InheritedSamples<int>;
