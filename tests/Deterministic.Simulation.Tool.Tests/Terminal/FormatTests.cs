namespace Deterministic.Simulation.Tool.Tests;

public sealed class FormatTests
{
    [Theory]
    [InlineData(0.042, "0.04 s")]
    [InlineData(4.26, "4.3 s")]
    [InlineData(119.4, "119 s")]
    [InlineData(185, "3 min 5 s")]
    [InlineData(4_500_000, "1,250 h 0 min")]
    public void Durations_are_told_to_about_two_digits(double seconds, string expected) =>
        Format.Duration(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);

    [Theory]
    [InlineData(1, "1 run")]
    [InlineData(0, "0 runs")]
    [InlineData(12345, "12,345 runs")]
    public void Counts_know_their_plural(long number, string expected) =>
        Format.Count(number, "run").ShouldBe(expected);

    [Theory]
    [InlineData("", "''")]
    [InlineData("a-b/c_d.tape", "a-b/c_d.tape")]
    [InlineData("two words", "'two words'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$(rm -r x)", "'$(rm -r x)'")]
    public void Words_are_quoted_for_the_shell_where_they_must(string word, string expected) =>
        Shell.Quote(word).ShouldBe(expected);
}
