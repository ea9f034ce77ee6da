namespace Deterministic.Conformance.Tests;

/// <summary>What a table of a few clauses and members finds missing, and how it counts.</summary>
public sealed class CoverageTableTests
{
    private static readonly Clause First = NewClause("R-READ-01");
    private static readonly Clause Second = NewClause("R-READ-02");
    private static readonly Clause Absent = NewClause("R-READ-03", status: "not-applicable");
    private static readonly Clause Scripted = NewClause("R-READ-04", script: "yes");
    private static readonly Clause Elsewhere = NewClause("R-READ-05", script: "see R-READ-04");

    [Fact]
    public void A_row_is_complete_once_each_clause_that_is_built_is_shown()
    {
        DocumentedMember member = NewMember("read()", First, Second, Absent);
        Table(member, NewTest("A.One", First)).IncompleteRows.ShouldBe(["read()"]);
        Table(member, NewTest("A.One", First), NewTest("A.Two", Second)).IncompleteRows.ShouldBeEmpty();
    }

    [Fact]
    public void A_row_of_clauses_that_are_not_built_is_not_shown_by_them() =>
        Table(NewMember("read()", Absent)).IncompleteRows.ShouldBe(["read()"]);

    [Fact]
    public void A_parameter_needs_a_test_that_names_it_whatever_shows_its_clauses()
    {
        DocumentedMember parameter = NewMember("read(n)", First);
        Table(parameter, NewTest("A.One", First)).ParametersWithoutTest.ShouldBe(["read(n)"]);
        Table(parameter, NewTest("A.One", First) with { Members = ["read(n)"] }).ParametersWithoutTest.ShouldBeEmpty();
        Table(parameter with { State = "none" }).ParametersWithoutTest.ShouldBeEmpty();
        Table(NewMember("read()", First)).ParametersWithoutTest.ShouldBeEmpty();
    }

    [Fact]
    public void What_tests_name_must_be_there() =>
        Table(NewMember("read()", First), new TaggedTest("T", "A.One", ["NOT-A-CLAUSE"], ["write(x)"]))
            .Unknown.ShouldBe(["NOT-A-CLAUSE", "write(x)"]);

    [Fact]
    public void Vectors_and_tests_that_show_several_clauses_of_a_row_count_once()
    {
        DocumentedMember member = NewMember("read(n)", First, Second, Scripted, Elsewhere);
        CoverageTable table = new(
            [First, Second, Scripted, Elsewhere],
            [member],
            new Evidence(
                new[] { "R-READ-04/a", "R-READ-04/b" }.ToLookup(id => id.Split('/')[0]),
                [
                    new TaggedTest("T", "A.One", [First.Id, Second.Id], ["read(n)"]),
                    new TaggedTest("U", "A.One", [First.Id], []),
                ]
            )
        );
        table.Write().ShouldContain("| 2 | 2 | A.One |");
        table.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Whatever_is_missing_is_a_problem() =>
        Table(NewMember("read(n)", First, Scripted), new TaggedTest("T", "A.One", ["NOT-A-CLAUSE"], []))
            .Problems.ShouldBe([
                "R-READ-01 is shown by nothing",
                "R-READ-02 is shown by nothing",
                "R-READ-04 is shown by nothing",
                "R-READ-05 is shown by nothing",
                "R-READ-04 has no vector",
                "NOT-A-CLAUSE is unknown",
                "read(n) is not shown in full",
                "no test names read(n)",
            ]);

    private static CoverageTable Table(DocumentedMember member, params TaggedTest[] tests) =>
        new(
            [First, Second, Absent, Scripted, Elsewhere],
            [member],
            new Evidence(Array.Empty<string>().ToLookup(id => id), tests)
        );

    private static Clause NewClause(string id, string status = "followed", string script = "no") =>
        new(
            id,
            "Title",
            new Dictionary<string, string>
            {
                ["status"] = status,
                ["script"] = script,
                ["members"] = "none",
            }
        );

    private static DocumentedMember NewMember(string name, params Clause[] clauses) =>
        new(name, "3.12", [.. clauses.Select(clause => clause.Id)], "built", "`Here`");

    private static TaggedTest NewTest(string name, params Clause[] clauses) =>
        new("T", name, [.. clauses.Select(clause => clause.Id)], []);
}
