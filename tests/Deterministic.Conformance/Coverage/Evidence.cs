using System.Text.Json;

namespace Deterministic.Conformance;

/// <summary>What shows each clause and each documented member: the vectors named after a clause, and the tests that name one.</summary>
/// <param name="vectors">The ids of the vectors made by hand, by the clause they are named after.</param>
/// <param name="tests">The tests that are run.</param>
internal sealed class Evidence(ILookup<string, string> vectors, IReadOnlyList<TaggedTest> tests)
{
    private readonly ILookup<string, TaggedTest> _ofClauses = By(tests, test => test.Clauses);
    private readonly ILookup<string, TaggedTest> _ofMembers = By(tests, test => test.Members);

    /// <summary>Every clause that a test names, whether or not there is such a clause.</summary>
    public IEnumerable<string> ClausesOfTests => _ofClauses.Select(group => group.Key);

    /// <summary>Every documented member that a test names, whether or not there is such a member.</summary>
    public IEnumerable<string> MembersOfTests => _ofMembers.Select(group => group.Key);

    /// <param name="specs">The folder of the specification.</param>
    /// <param name="assemblies">The built tests.</param>
    public static Evidence Read(string specs, IEnumerable<string> assemblies) =>
        new(ReadVectors(specs), [.. assemblies.SelectMany(TestAssemblyReader.Read)]);

    /// <summary>The ids of the vectors that show a clause.</summary>
    public IReadOnlyList<string> VectorsOf(Clause clause) => [.. vectors[clause.Id], .. vectors[clause.ShownBy ?? ""]];

    public IReadOnlyList<TaggedTest> TestsOf(Clause clause) => InOrder(_ofClauses[clause.Id]);

    /// <summary>The tests that name the member itself, apart from those of its clauses.</summary>
    public IReadOnlyList<TaggedTest> TestsOf(DocumentedMember member) => InOrder(_ofMembers[member.Name]);

    public bool Shows(Clause clause) => VectorsOf(clause).Count + TestsOf(clause).Count > 0;

    private static IReadOnlyList<TaggedTest> InOrder(IEnumerable<TaggedTest> found) =>
        [
            .. found
                .DistinctBy(test => (test.Assembly, test.Name))
                .OrderBy(test => test.Name, StringComparer.Ordinal)
                .ThenBy(test => test.Assembly, StringComparer.Ordinal),
        ];

    private static ILookup<string, TaggedTest> By(
        IReadOnlyList<TaggedTest> tests,
        Func<TaggedTest, IReadOnlyList<string>> names
    ) =>
        tests
            .SelectMany(test => names(test).Select(name => (Name: name, Test: test)))
            .ToLookup(pair => pair.Name, pair => pair.Test, StringComparer.Ordinal);

    /// <summary>The id of a vector made by hand is the clause, a stroke, and what it shows.</summary>
    private static ILookup<string, string> ReadVectors(string specs) =>
        Directory
            .EnumerateFiles(Path.Combine(specs, "vectors"), "*.jsonl")
            .Where(path => !Path.GetFileName(path).StartsWith("random-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines)
            .Select(line => JsonElement.Parse(line).GetProperty("id").GetString()!)
            .Where(id => id.Contains('/', StringComparison.Ordinal))
            .ToLookup(id => id.Split('/', 2)[0], StringComparer.Ordinal);
}
