using System.Text.RegularExpressions;

namespace Deterministic.Conformance;

/// <summary>Reads <c>specs/clauses</c>. Its README describes the layout, and <c>check.py</c> there checks it.</summary>
internal static partial class ClauseDocuments
{
    /// <summary>Every clause, in the order of the documents.</summary>
    public static IReadOnlyList<Clause> Clauses(string specs) =>
        [
            .. new[] { "reader", "writer", "protocol", "connecting", "exceptions" }
                .Select(name => File.ReadAllText(Path.Combine(specs, "clauses", name + ".md")))
                .SelectMany(text => Heading().Matches(text).Select(match => Read(match, text))),
        ];

    /// <summary>Every row of the table of members, in order.</summary>
    public static IReadOnlyList<DocumentedMember> Members(string specs) =>
        [
            .. File.ReadLines(Path.Combine(specs, "clauses", "members.md"))
                .Select(line => Row().Match(line))
                .Where(row => row.Success)
                .Select(row => new DocumentedMember(
                    row.Groups["name"].Value,
                    row.Groups["documented"].Value,
                    row.Groups["clauses"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                    row.Groups["state"].Value,
                    row.Groups["here"].Value
                )),
        ];

    private static Clause Read(Match heading, string text)
    {
        Match fields = FieldLine().Match(text, heading.Index);
        return new Clause(
            heading.Groups["id"].Value,
            heading.Groups["title"].Value.Trim(),
            fields
                .Groups["fields"]
                .Value.Split(" | ")
                .Select(field => field.Split(": ", 2))
                .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal)
        );
    }

    [GeneratedRegex(
        @"^### (?<id>[A-Z]+(?:-[A-Z]+)?-[0-9]+): (?<title>.+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Heading();

    [GeneratedRegex("^`(?<fields>status: [^`]+)`$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex FieldLine();

    [GeneratedRegex(
        @"^\| `(?<name>[^`]+)` \| (?<documented>[^|]*?) ?\| (?<clauses>[^|]*?) ?\| (?<state>built|differs|partly|planned|none) \| (?<here>.*?) ?\|$",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Row();
}
