using System.Globalization;

namespace Deterministic.Conformance.Tests;

/// <summary>Fresh scripts, not among the vectors, played here and on the CPython of this machine.</summary>
public sealed class OracleTests
{
    private const int Count = 2_000;

    /// <summary>Any text will do; one that never changes makes a failure come back.</summary>
    private const string Seed = "fresh for the tests";

    /// <summary>Those statements that no vector shows, each checked by a program of CPython's own.</summary>
    [OracleFact]
    public async Task What_the_clauses_say_of_CPython_is_what_this_CPython_does()
    {
        IReadOnlyList<string> said = await CPython
            .Found.ShouldNotBeNull()
            .RunAsync("", Specs.Oracle("test_clauses.py"));
        said.ShouldBeEmpty("It prints only why it was skipped.");
    }

    [OracleFact]
    public async Task Fresh_scripts_are_answered_as_this_CPython_answers_them()
    {
        CPython python = CPython.Found.ShouldNotBeNull();
        string count = Count.ToString(CultureInfo.InvariantCulture);
        string[] generate = [Specs.Oracle("generate.py"), "--seed", Seed, "--count", count, "--longest", "20"];
        string[] only = python.TakesSeveralSeparators ? [] : ["--one-separator"];
        IReadOnlyList<string> scripts = await python.RunAsync("", [.. generate, .. only]);
        IReadOnlyList<string> answers = await python.RunAsync(string.Join('\n', scripts), Specs.Oracle("play.py"));

        using VectorRun run = new();
        foreach ((string script, string answer) in scripts.Zip(answers))
        {
            run.Play(Vector.Parse(script, answer));
        }

        run.Differences.ShouldBeEmpty(string.Join('\n', run.Differences.Take(5)));
        run.Same.ShouldBe(Count);
    }
}
