using System.Text.Json;
using System.Text.RegularExpressions;

namespace Deterministic.Conformance;

/// <summary>What shows each clause: the vectors named after it, and the tests that name it.</summary>
internal sealed partial class Evidence
{
    private readonly ILookup<string, string> _vectors;
    private readonly ILookup<string, string> _tests;

    private Evidence(ILookup<string, string> vectors, ILookup<string, string> tests)
    {
        _vectors = vectors;
        _tests = tests;
    }

    /// <summary>Every clause that a test names, whether or not there is such a clause.</summary>
    public IEnumerable<string> ClausesOfTests => _tests.Select(group => group.Key);

    public static Evidence Read(string specs, string tests) => new(ReadVectors(specs), ReadTests(tests));

    public IReadOnlyList<string> VectorsOf(Clause clause) =>
        [.. _vectors[clause.Id], .. _vectors[clause.ShownBy ?? ""]];

    public IReadOnlyList<string> TestsOf(Clause clause) =>
        [.. _tests[clause.Id].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The id of a vector made by hand is the clause, a stroke, and what it shows.</summary>
    private static ILookup<string, string> ReadVectors(string specs) =>
        Directory
            .EnumerateFiles(Path.Combine(specs, "vectors"), "*.jsonl")
            .Where(path => !Path.GetFileName(path).StartsWith("random-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines)
            .Select(line => JsonElement.Parse(line).GetProperty("id").GetString()!)
            .Where(id => id.Contains('/', StringComparison.Ordinal))
            .Select(id => id.Split('/', 2))
            .ToLookup(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    private static ILookup<string, string> ReadTests(string tests) =>
        Directory
            .EnumerateFiles(tests, "*Tests.cs", SearchOption.AllDirectories)
            .Where(path => !Built().IsMatch(path))
            .SelectMany(path =>
                Marked()
                    .Matches(File.ReadAllText(path))
                    .SelectMany(mark =>
                        Id()
                            .Matches(mark.Groups["ids"].Value)
                            .Select(id =>
                                (
                                    Clause: id.Value,
                                    Test: $"{Path.GetFileNameWithoutExtension(path)}.{mark.Groups["test"].Value}"
                                )
                            )
                    )
            )
            .ToLookup(found => found.Clause, found => found.Test, StringComparer.Ordinal);

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]", RegexOptions.ExplicitCapture)]
    private static partial Regex Built();

    /// <summary>The attribute, whatever other attributes follow, and the method.</summary>
    [GeneratedRegex(
        @"\[Clause\((?<ids>[^)]*)\)\](?:(?!\[Clause\()[\s\S])*?public (?:async )?[\w<>\[\]?., ]+ (?<test>\w+)\(",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Marked();

    [GeneratedRegex("(?:[RWCSE]-[A-Z]+|P)-[0-9]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Id();
}
