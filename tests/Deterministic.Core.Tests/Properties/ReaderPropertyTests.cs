using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Deterministic.Core.Tests;

public class ReaderPropertyTests
{
    [Fact]
    public void The_scripts_meet_every_answer_of_every_kind_of_read()
    {
        HashSet<string> met = [];
        foreach (ReaderScript script in ReaderScript.All.Sample(2000, size: 60))
        {
            ReaderRun.Of(
                script,
                (_, step, answer) => met.Add($"{step.Kind} {step.Request.Kind} {answer.Split(' ', ',', ':')[0]}")
            );
        }

        foreach (ReadKind kind in Requests.Kinds)
        {
            met.ShouldContain($"Call {kind} pending");
            met.ShouldContain($"Call {kind} {Word(kind)}");
            met.ShouldContain($"Call {kind} failed");
            met.ShouldContain($"Call {kind} busy");
        }

        met.ShouldContain("Call Peek interrupted");
        met.ShouldContain("Interrupt None interrupted");
        met.ShouldContain("TryPeek Peek shown");
        met.ShouldContain("TryPeek Peek pending");
        met.ShouldContain("Consume None ok");
        met.ShouldContain("Consume None too");
        met.ShouldContain("Consume None busy");
        met.ShouldContain("Call Exactly incomplete");
        met.ShouldContain("Call Until incomplete");
        met.ShouldContain("Call Until overrun");
        met.ShouldContain("Call Line overrun");
        met.ShouldContain("Feed None refused");
        met.ShouldContain("End None incomplete");
        met.ShouldContain("Fail None failed");
    }

    private static string Word(ReadKind kind) =>
        kind switch
        {
            ReadKind.Skip => "skipped",
            ReadKind.Peek => "shown",
            _ => "ok",
        };

    [Property(Arbitrary = [typeof(Arbitraries.ReaderScripts)], MaxTest = 3000)]
    public void A_reader_answers_as_the_naive_model_does(ReaderScript script) => VerifyAnswers(script);

    [Property(Arbitrary = [typeof(Arbitraries.WideReaderScripts)], MaxTest = 300)]
    public void A_reader_answers_as_the_naive_model_does_whatever_the_bytes_of_the_separators(ReaderScript script) =>
        VerifyAnswers(script);

    [Property(Arbitrary = [typeof(Arbitraries.ReaderScriptsWithoutSkips)])]
    public void Bytes_come_out_as_they_went_in_whatever_the_calls(ReaderScript script)
    {
        ReaderRun run = ReaderRun.Of(script);
        run.Finish();
        run.Out.ShouldBe(run.In);
    }

    [Clause("R-READ-05")]
    [Property(Arbitrary = [typeof(Arbitraries.ReaderScripts)])]
    public void Borrowed_memory_never_changes_before_the_next_read(ReaderScript script) =>
        ReaderRun.Of(
            script,
            (run, _, _) =>
            {
                run.VerifyBorrowed();
                run.Pool.VerifyUntouched();
            }
        );

    [Property(Arbitrary = [typeof(Arbitraries.ReaderScripts)])]
    public void Nothing_leaks_once_everything_is_read(ReaderScript script)
    {
        ReaderRun run = ReaderRun.Of(script);
        run.Finish();
        run.Pool.Rented.ShouldBe(0);
        run.Pool.VerifyUntouched();
    }

    private static void VerifyAnswers(ReaderScript script)
    {
        NaiveReader naive = new(script.Limit);
        ReaderRun.Of(
            script,
            (run, step, answer) =>
            {
                ReaderRun.PlayOn(naive, step, answer).ShouldBeSameAnswer(answer, step);
                run.Describe().ShouldBe(ReaderRun.Describe(naive.Buffered, naive.AtEof, naive.Paused, naive.Unread));
            }
        );
    }
}
