using System.Text.RegularExpressions;

namespace Deterministic.Conformance.Tests;

/// <summary>The claim of the whole project: the public types answer every vector as CPython's own asyncio does.</summary>
public sealed class VectorTests
{
    private const int Shown = 10;

    /// <summary>The clause, and what the vector shows of it.</summary>
    private static readonly Regex Name = new(
        "^[A-Z]+(-[A-Z]+)*-[0-9]+/[a-z0-9-]+$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    );

    public static TheoryData<string> Files { get; } = [.. Specs.VectorFiles];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_vector_is_answered_as_expected(string file) => Play(file, StreamForm.Owned);

    [Theory]
    [MemberData(nameof(Files))]
    public void Borrowed_reads_and_writes_in_pieces_give_the_same_answers(string file) =>
        Play(file, StreamForm.Borrowed);

    [Fact]
    public void The_random_vectors_are_twenty_thousand() =>
        Specs.VectorFiles.Where(IsRandom).Sum(file => Vector.ReadFile(Specs.VectorFile(file)).Count()).ShouldBe(20_000);

    [Fact]
    public void No_two_vectors_of_all_files_share_an_id() =>
        Specs
            .VectorFiles.SelectMany(file => Vector.ReadFile(Specs.VectorFile(file)))
            .Select(vector => vector.Script.Id)
            .ShouldBeUnique();

    [Fact]
    public void Every_hand_written_vector_is_named_after_its_clause() =>
        Specs
            .VectorFiles.Where(file => !IsRandom(file))
            .SelectMany(file => Vector.ReadFile(Specs.VectorFile(file)))
            .ShouldAllBe(vector => Name.IsMatch(vector.Script.Id.Text));

    private static bool IsRandom(string file) => file.StartsWith("random-", StringComparison.Ordinal);

    private static void Play(string file, StreamForm form)
    {
        using VectorRun run = new(form);
        foreach (Vector vector in Vector.ReadFile(Specs.VectorFile(file)))
        {
            run.Play(vector);
        }

        run.Differences.ShouldBeEmpty(string.Join('\n', run.Differences.Take(Shown)));
        run.Same.ShouldBeGreaterThan(0);
    }
}
