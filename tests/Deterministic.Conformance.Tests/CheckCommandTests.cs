namespace Deterministic.Conformance.Tests;

/// <summary>A check that cannot fail would be worth nothing.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private const string Good =
        """{"id":"x","kind":"reader","limit":4,"steps":[{"do":"feed_eof"},{"do":"feed","data":""}],"answer":[{"at_eof":true},{"at_eof":true,"events":[{"step_error":"assertion"}]}]}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("vectors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_of_vectors_is_played_whole()
    {
        Write("a", Good);
        Write("b", Good.Replace("\"x\"", "\"y\"", StringComparison.Ordinal));

        Check().ShouldBe((0, "2 same, 0 differ\n", ""));
    }

    [Theory]
    [InlineData("\"assertion\"", "\"bad_argument\"", 2)]
    [InlineData("{\"at_eof\":true},", "{\"at_eof\":true,\"buffered\":1},", 1)]
    [InlineData("{\"at_eof\":true},", "{},", 1)]
    [InlineData("{\"at_eof\":true},", "{\"at_eof\":true,\"unread\":0},", 1)]
    [InlineData("{\"at_eof\":true},", "", 1)]
    [InlineData("}]}]}", "}]},{}]}", 3)]
    public void A_wrong_answer_is_a_difference_and_is_shown_with_its_step(string right, string wrong, int step)
    {
        Write("a", Good.Replace(right, wrong, StringComparison.Ordinal));

        (int exitCode, string output, _) = Check();

        exitCode.ShouldBe(1);
        output.ShouldStartWith($"'x', step {step}: Reader, limit 4\n     1 {{\"do\":\"feed_eof\"}}\n");
        output.ShouldContain("  expected ");
        output.ShouldContain("  got      ");
        output.ShouldEndWith("0 same, 1 differ\n");
    }

    [Fact]
    public void What_is_at_rest_may_be_written_out()
    {
        Write(
            "a",
            Good.Replace(
                "[{\"at_eof\":true},",
                "[{\"at_eof\":true,\"paused\":false,\"buffered\":0,\"events\":[]},",
                StringComparison.Ordinal
            )
        );

        Check().ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Nothing_to_check_is_a_failure()
    {
        Write("a", "\n");

        Check().ShouldBe((1, "0 same, 0 differ\n", ""));
    }

    [Fact]
    public void Two_vectors_with_the_same_id_are_an_error()
    {
        Write("a", Good);
        Write("b", Good);

        (int exitCode, _, string errors) = Check();

        exitCode.ShouldBe(2);
        errors.ShouldContain("b.jsonl: two vectors are called 'x'");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"id":"x","kind":"reader","steps":[]}""")]
    public void What_is_no_vector_is_an_error(string line)
    {
        Write("a", line);

        Check().ExitCode.ShouldBe(2);
    }

    private void Write(string name, string lines) => File.WriteAllText(Path.Combine(_folder, name + ".jsonl"), lines);

    private (int ExitCode, string Output, string Errors) Check()
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter errors = new() { NewLine = "\n" };
        int exitCode = CheckCommand.Run([_folder], output, errors);
        return (exitCode, output.ToString(), errors.ToString());
    }
}
