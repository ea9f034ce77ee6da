using System.Reflection;
using Deterministic.Conformance.Samples;

namespace Deterministic.Conformance.Tests;

/// <summary>What counts as evidence, held against the samples, which have one method for each case.</summary>
public sealed class TestAssemblyReaderTests
{
    private static readonly IReadOnlyList<TaggedTest> Tests = TestAssemblyReader.Read(
        typeof(FactSamples).Assembly.Location
    );

    [Fact]
    public void Tests_that_are_run_count_and_no_others() =>
        Tests
            .Select(test => test.Name)
            .ShouldBe(
                [
                    "FactSamples.Counts",
                    "FactSamples.Names_several",
                    "FactSamples.Names_members_only",
                    "FactSamples.Counts_though_the_machine_decides_whether_it_is_run",
                    "Nested.Counts_too",
                    "HeirSamples.Counts_for_each_heir",
                    "HeirSamples.Counts_for_its_own_clause_as_well",
                    "HeirSamples.Counts_for_both_classes",
                    "TheorySamples.Counts",
                    "TheorySamples.Counts_for_the_rows_that_are_not_skipped",
                ],
                ignoreOrder: true
            );

    [Theory]
    [InlineData("FactSamples.Names_several", "R-READ-01 R-READ-02", "read(n)")]
    [InlineData("FactSamples.Names_members_only", "", "read(n) read()")]
    [InlineData("HeirSamples.Counts_for_each_heir", "R-READ-04 R-READ-01", "")]
    [InlineData("HeirSamples.Counts_for_its_own_clause_as_well", "R-READ-04 R-READ-01 R-READ-02", "")]
    [InlineData("HeirSamples.Counts_for_both_classes", "R-READ-04 R-READ-01", "")]
    public void A_test_shows_what_its_attributes_and_those_of_its_classes_name(
        string name,
        string clauses,
        string members
    )
    {
        TaggedTest test = Tests.Single(test => test.Name == name);
        string.Join(' ', test.Clauses).ShouldBe(clauses);
        string.Join(' ', test.Members).ShouldBe(members);
        test.Assembly.ShouldBe(typeof(FactSamples).Assembly.GetName().Name);
    }

    /// <summary>The samples have each of these as a method or in their source, with a clause.</summary>
    [Fact]
    public void The_samples_have_what_must_not_count()
    {
        typeof(FactSamples)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(method => method.Name)
            .ShouldContain("Is_skipped");
        Tests.ShouldAllBe(test => !test.Clauses.Contains("R-READ-03"));
    }
}
