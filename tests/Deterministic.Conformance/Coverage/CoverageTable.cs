using System.Globalization;
using System.Text;

namespace Deterministic.Conformance;

/// <summary>Writes <c>specs/coverage.md</c>: what shows that each documented member, and each clause, is as it is said to be.</summary>
/// <param name="clauses">Every clause.</param>
/// <param name="members">Every documented member and parameter.</param>
/// <param name="evidence">What shows them.</param>
internal sealed class CoverageTable(
    IReadOnlyList<Clause> clauses,
    IReadOnlyList<DocumentedMember> members,
    Evidence evidence
)
{
    public IReadOnlyList<DocumentedMember> Members => members;

    /// <summary>Clauses that are built and that nothing shows.</summary>
    public IEnumerable<string> Unshown =>
        clauses.Where(clause => clause.IsBuilt && !evidence.Shows(clause)).Select(clause => clause.Id);

    /// <summary>Clauses that a script can show and no vector does.</summary>
    public IEnumerable<string> WithoutVector =>
        clauses
            .Where(clause => clause.IsScriptable && evidence.VectorsOf(clause).Count == 0)
            .Select(clause => clause.Id);

    /// <summary>What tests or members name, and is neither a clause nor a documented member.</summary>
    public IEnumerable<string> Unknown =>
        evidence
            .ClausesOfTests.Concat(members.SelectMany(member => member.Clauses))
            .Except(clauses.Select(clause => clause.Id), StringComparer.Ordinal)
            .Concat(evidence.MembersOfTests.Except(members.Select(member => member.Name), StringComparer.Ordinal));

    /// <summary>Members that are built, of which nothing is shown, or one of whose clauses is not shown.</summary>
    public IEnumerable<string> IncompleteRows =>
        members.Where(member => member.IsBuilt && !IsShown(member)).Select(member => member.Name);

    /// <summary>Parameters that are built and that no test names.</summary>
    public IEnumerable<string> ParametersWithoutTest =>
        members
            .Where(member => member is { IsBuilt: true, IsParameter: true } && evidence.TestsOf(member).Count == 0)
            .Select(member => member.Name);

    /// <summary>All that is missing or unknown.</summary>
    public IReadOnlyList<string> Problems =>
        [
            .. Unshown.Select(id => $"{id} is shown by nothing"),
            .. WithoutVector.Select(id => $"{id} has no vector"),
            .. Unknown.Select(name => $"{name} is unknown"),
            .. IncompleteRows.Select(name => $"{name} is not shown in full"),
            .. ParametersWithoutTest.Select(name => $"no test names {name}"),
        ];

    /// <param name="specs">The folder of the specification.</param>
    /// <param name="tests">The folder of the test projects.</param>
    /// <exception cref="TestsNotBuiltException">Test assemblies are missing or out of date.</exception>
    public static CoverageTable Read(string specs, string tests) =>
        new(
            ClauseDocuments.Clauses(specs),
            ClauseDocuments.Members(specs),
            Evidence.Read(specs, TestAssemblies.Find(tests))
        );

    public string Write()
    {
        StringBuilder text = new();
        text.Append(
            """
            # Coverage

            Generated from the built tests by `dotnet build && dotnet run --project tests/Deterministic.Conformance -- coverage specs tests`. A test fails if it is out of date, if anything built is shown by
            nothing, or if no test names a parameter that is built.

            A test counts if it is run: one that is skipped, and a method that is no test, do not. How a test says what it shows: `[Clause("C-SRV-02")]`, `[Documented("start_server(backlog)")]`.

            ## Members

            Every member and parameter that the documentation names, what it is here, how many different vectors and tests show its clauses, and the tests that name the parameter itself. What is not built says so instead.

            | asyncio | clauses | here | vectors | tests | of the parameter itself |
            |---|---|---|---|---|---|

            """
        );
        foreach (DocumentedMember member in members)
        {
            text.Append(Line(member)).Append('\n');
        }

        text.Append(
            """

            ## Clauses

            Every clause, with the vectors named after it (`ID/name`) and the tests that name it. 20,000 random vectors cover many of them besides.

            | clause | status | here | vectors | tests |
            |---|---|---|---|---|

            """
        );
        foreach (Clause clause in clauses)
        {
            text.Append(Line(clause)).Append('\n');
        }

        return text.ToString();
    }

    private string Line(DocumentedMember member)
    {
        Clause[] known = ClausesOf(member);
        string here = member.Here.Length > 0 ? member.Here : member.State;
        string clauseCell = string.Join(' ', member.Clauses);
        string start = $"| `{member.Name}` | {clauseCell} | {here}";
        if (!member.IsBuilt)
        {
            string missing = string.Equals(member.State, "none", StringComparison.Ordinal)
                ? "not offered"
                : member.State;
            return $"{start} | {missing} | {missing} | {missing} |";
        }

        IReadOnlyList<TaggedTest> own = evidence.TestsOf(member);
        int vectors = known.SelectMany(evidence.VectorsOf).Distinct(StringComparer.Ordinal).Count();
        int tests = known.SelectMany(evidence.TestsOf).Concat(own).Distinct().Count();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{start} | {vectors} | {tests} | {(own.Count > 0 ? Names(own) : "–")} |"
        );
    }

    private string Line(Clause clause)
    {
        IReadOnlyList<string> vectors = [.. evidence.VectorsOf(clause).Select(id => id.Split('/', 2)[1])];
        string none = clause.IsBuilt ? "–" : clause.Status;
        string shown = evidence.TestsOf(clause) is { Count: > 0 } tests ? Names(tests) : none;
        return $"| {clause.Id} {clause.Title} | {clause.Status} | {clause.Members} | {(vectors.Count > 0 ? string.Join("<br>", vectors) : none)} | {shown} |";
    }

    private static string Names(IEnumerable<TaggedTest> tests) =>
        string.Join("<br>", tests.Select(test => test.Name).Distinct(StringComparer.Ordinal));

    private Clause[] ClausesOf(DocumentedMember member) =>
        [.. clauses.Where(clause => member.Clauses.Contains(clause.Id, StringComparer.Ordinal))];

    private bool IsShown(DocumentedMember member)
    {
        Clause[] known = ClausesOf(member);
        return known.All(clause => !clause.IsBuilt || evidence.Shows(clause))
            && (known.Any(evidence.Shows) || evidence.TestsOf(member).Count > 0);
    }
}
