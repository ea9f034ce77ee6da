using Deterministic.Exploration;
using Deterministic.Exploration.Naming;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Deterministic.Simulation.Tests;

public class TapeFileTests
{
    private const string Sample = """
        detsim-tape 1
        scenario chat
        faults lossy-wan
        seed 42
        option clients 5
        choices
        schedule 1/3 0/2 latency 37/100 schedule 0/2
        end 4 45b143ceaa169f8f

        """;

    [Fact]
    public void The_format_is_as_documented() => Tapes.TextOf(Tapes.Of(Tapes.SomeChoices)).ShouldBe(Sample);

    [Fact]
    public void What_was_written_reads_back()
    {
        var tape = Tapes.Parse(Sample);
        tape.Header.Scenario.ShouldBe("chat");
        tape.Header.Faults.ShouldBe("lossy-wan");
        tape.Header.Seed.ShouldBe(42ul);
        tape.Header.Options.ShouldHaveSingleItem().ShouldBe(new KeyValuePair<string, string>("clients", "5"));
        tape.Choices.ShouldBe(Tapes.SomeChoices);
    }

    [Property(Arbitrary = [typeof(Tapes.AnyChoices)])]
    public void Any_choices_survive_a_round_trip(Choice[] choices) =>
        Tapes.Parse(Tapes.TextOf(Tapes.Of(choices))).Choices.ShouldBe(choices);

    [Property(Arbitrary = [typeof(OddTexts)])]
    public void Any_texts_survive_a_round_trip_through_UTF8(string text)
    {
        var header = new TapeHeader
        {
            Scenario = text,
            Faults = text,
            Seed = ulong.MaxValue,
            Options = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = text, ["ä\ud800"] = text },
        };
        using var file = new MemoryStream();
        using (var writer = new StreamWriter(file, leaveOpen: true))
        {
            new Tape(header, []).Write(writer);
        }

        file.Position = 0;
        using var reader = new StreamReader(file);
        var back = Tape.Parse(reader).Header;
        back.Scenario.ShouldBe(text);
        back.Faults.ShouldBe(text);
        back.Seed.ShouldBe(ulong.MaxValue);
        back.Options.ShouldBe(header.Options, ignoreOrder: true);
    }

    [Fact]
    public void A_file_saves_and_loads()
    {
        var path = Path.GetTempFileName();
        try
        {
            Tapes.Of(Tapes.SomeChoices).Save(path);
            File.ReadAllText(path).ShouldBe(Sample);
            Tape.Load(path).Choices.ShouldBe(Tapes.SomeChoices);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Converted_line_ends_do_no_harm() =>
        Tapes.Parse(Sample.Replace("\n", "\r\n", StringComparison.Ordinal)).Choices.Count.ShouldBe(4);

    [Fact]
    public void Options_are_written_in_ordinal_order_so_that_tapes_compare()
    {
        string With(params string[] keys) =>
            Tapes.TextOf(
                new Tape(
                    new TapeHeader
                    {
                        Scenario = "s",
                        Faults = "f",
                        Options = keys.ToDictionary(k => k, k => k, StringComparer.Ordinal),
                    },
                    []
                )
            );

        With("b", "B", "a").ShouldBe(With("a", "b", "B"));
    }

    [Fact]
    public void A_hundred_thousand_choices_take_at_most_twelve_bytes_each()
    {
        var source = new ChoiceSource(new RandomStrategy(1));
        for (var i = 0; i < 100_000; i++)
        {
            _ = i % 4 == 0 ? source.Choose(ChoiceKind.Latency, 1000) : source.Choose(ChoiceKind.Schedule, 5);
        }

        var text = Tapes.TextOf(Tapes.Of([.. source.Recorded]));
        text.Length.ShouldBeLessThan(1_200_000);
        Tapes.Parse(text).Choices.ShouldBe(source.Recorded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nfeed")]
    public void A_key_that_the_file_could_not_hold_is_refused(string key) =>
        Should.Throw<ArgumentException>(() =>
            new Tape(
                new TapeHeader
                {
                    Scenario = "s",
                    Faults = "f",
                    Options = new Dictionary<string, string>(StringComparer.Ordinal) { [key] = "" },
                },
                []
            )
        );

    [Fact]
    public void A_choice_out_of_range_is_refused()
    {
        Should.Throw<ArgumentException>(() => Tapes.Of(new Choice(ChoiceKind.Schedule, 2, 2)));
        Should.Throw<ArgumentException>(() => Tapes.Of(new Choice(ChoiceKind.Schedule, 1, 0)));
        Should.Throw<ArgumentException>(() => Tapes.Of(new Choice((ChoiceKind)99, 2, 0)));
    }

    [Fact]
    public void Every_kind_has_a_kebab_case_name_of_its_own()
    {
        var names = Enum.GetValues<ChoiceKind>().Select(ChoiceKindNames.NameOf).ToArray();
        names.ShouldBeUnique(StringComparer.Ordinal);
        names.ShouldAllBe(name => name.All(c => char.IsAsciiLetterLower(c) || c == '-'));
    }

    internal static class OddTexts
    {
        public static Arbitrary<string> Texts() =>
            Gen.OneOf(
                    ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
                    Gen.Elements("", " ", "\r\n", "\\u0041", "\ud800", "😀", "\uFEFFx", "end 0 0", "\0", "trailing ")
                )
                .ToArbitrary();
    }
}
