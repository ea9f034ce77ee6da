using Deterministic.Exploration;
using FsCheck.Xunit;

namespace Deterministic.Simulation.Tests;

public class TapeCorruptionTests
{
    private static readonly string Good = Tapes.TextOf(Tapes.Of(Tapes.SomeChoices));

    public static TheoryData<string, string, int, string> Corruptions =>
        new()
        {
            { "empty file", "", 1, "the file is empty" },
            { "binary junk", "\u007fELF\u0002\u0001\u0001\0\0\0\ufffd\ufffd", 1, "a tape starts with 'detsim-tape'" },
            { "another text", "hello\nworld\n", 1, "a tape starts with 'detsim-tape'" },
            { "endless line", new string('x', 1_000_000), 1, "longer than any line" },
            { "unknown version", With("detsim-tape 1", "detsim-tape 2"), 1, "version '2', supported is 1" },
            { "version only", "detsim-tape 1", 1, "ends here, without its 'end' line" },
            { "missing field", With("faults lossy-wan\n", ""), 3, "expected 'faults …', found 'seed 42'" },
            { "seed no number", With("seed 42", "seed -42"), 4, "the seed '-42'" },
            {
                "option without value",
                With("option clients 5", "option clients"),
                5,
                "has no key, has no value or is repeated"
            },
            {
                "option without key",
                With("option clients 5", "option  5"),
                5,
                "has no key, has no value or is repeated"
            },
            { "option twice", With("option clients 5", "option clients 5\noption clients 5"), 6, "is repeated" },
            { "broken escape", With("scenario chat", "scenario ch\\at"), 2, "'ch\\at' has a broken escape" },
            { "unknown kind", With("latency", "teleport"), 7, "'teleport' is not a known kind of choice" },
            { "no kind", With("schedule 1/3", "1/3"), 7, "'1/3' is not a choice" },
            { "no number", With("37/100", "37"), 7, "'37' is not a choice" },
            { "number too large", With("37/100", "37/3000000000"), 7, "is not a choice" },
            { "chosen out of range", With("1/3", "3/3"), 7, "'schedule 3/3' is out of range" },
            { "single alternative", With("1/3", "0/1"), 7, "'schedule 0/1' is out of range" },
            { "double space", With("schedule 1/3", "schedule  1/3"), 7, "'' is not a known kind" },
            { "flipped digit of a choice", With("37/100", "36/100"), 8, "a line was altered" },
            { "flipped digit of the seed", With("seed 42", "seed 43"), 8, "a line was altered" },
            { "flipped digit of the checksum", With("45b1", "45b2"), 8, "a line was altered" },
            { "lost choice", With(" 0/2 latency", " latency"), 8, "holds 3 choices and should hold 4" },
            { "swapped choices", With("1/3 0/2", "0/2 1/3"), 8, "a line was altered" },
            {
                "truncated before the end",
                Good[..Good.IndexOf("end", StringComparison.Ordinal)],
                7,
                "without its 'end' line"
            },
            { "truncated within the checksum", Good[..^4], 8, "has no count or no checksum" },
            { "truncated within the count", With(" 45b143ceaa169f8f\n", ""), 8, "has no count or no checksum" },
            { "something after the end", Good + "more\n", 9, "'more' follows after the last line" },
        };

    [Theory]
    [MemberData(nameof(Corruptions))]
    public void A_corrupt_tape_is_refused_in_one_clear_line(string what, string text, int line, string problem)
    {
        var refusal = Should.Throw<TapeFormatException>(() => Tapes.Parse(text), what);
        refusal.Line.ShouldBe(line);
        refusal.Message.ShouldStartWith($"line {line}: ");
        refusal.Message.ShouldContain(problem);
        refusal.Message.Any(char.IsControl).ShouldBeFalse("one line, safe for a terminal");
        refusal.Message.Split("; ").Length.ShouldBe(2, "a problem and a remedy");
    }

    [Fact]
    public void No_prefix_of_a_tape_passes_for_the_whole()
    {
        // The last line feed says nothing, so all but that.
        for (var length = 0; length < Good.Length - 1; length++)
        {
            Should.Throw<TapeFormatException>(() => Tapes.Parse(Good[..length]));
        }
    }

    [Fact]
    public void No_changed_character_passes()
    {
        for (var i = 0; i < Good.Length - 1; i++)
        {
            foreach (var other in "07/ ax\n")
            {
                if (Good[i] != other)
                {
                    var changed = Good[..i] + other + Good[(i + 1)..];
                    Should.Throw<TapeFormatException>(() => Tapes.Parse(changed), $"{i}: {other}");
                }
            }
        }
    }

    [Property]
    public void Random_bytes_never_give_anything_but_a_refusal(byte[] bytes)
    {
        using var reader = new StreamReader(new MemoryStream([.. "detsim-tape 1\n"u8, .. bytes]));
        Should.Throw<TapeFormatException>(() => Tape.Parse(reader));
    }

    private static string With(string old, string replacement)
    {
        var place = Good.IndexOf(old, StringComparison.Ordinal);
        place.ShouldBeGreaterThanOrEqualTo(0);
        return Good[..place] + replacement + Good[(place + old.Length)..];
    }
}
