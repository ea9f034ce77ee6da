namespace Deterministic.Conformance.Tests;

/// <summary>The coverage of this project itself.</summary>
public sealed class CoverageTests
{
    private static readonly Lazy<CoverageTable> Read = new(() =>
        CoverageTable.Read(Specs.Folder, Path.Combine(Specs.Folder, "..", "tests"))
    );

    private readonly CoverageTable _table = Read.Value;

    [Fact]
    public void Everything_that_is_built_is_shown_by_a_vector_or_a_test() => _table.Unshown.ShouldBeEmpty();

    [Fact]
    public void What_a_script_can_show_has_a_vector() => _table.WithoutVector.ShouldBeEmpty();

    [Fact]
    public void Tests_name_clauses_and_members_that_there_are() => _table.Unknown.ShouldBeEmpty();

    [Fact]
    public void Every_documented_member_has_a_clause() =>
        _table.Members.Where(member => member.Clauses.Count == 0).Select(member => member.Name).ShouldBeEmpty();

    [Fact]
    public void Of_every_member_that_is_built_each_clause_is_shown() => _table.IncompleteRows.ShouldBeEmpty();

    [Fact]
    public void Every_parameter_that_is_built_has_a_test_that_names_it() =>
        _table.ParametersWithoutTest.ShouldBeEmpty();

    [Fact]
    public void The_table_is_up_to_date() =>
        File.ReadAllText(Path.Combine(Specs.Folder, "coverage.md"))
            .ReplaceLineEndings("\n")
            .ShouldBe(
                _table.Write().ReplaceLineEndings("\n"),
                "Write it anew: dotnet build && dotnet run --project tests/Deterministic.Conformance -- coverage specs tests"
            );
}
