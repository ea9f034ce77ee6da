using System.Globalization;
using Deterministic.Exploration;
using Deterministic.Exploration.Tapes;

namespace Deterministic.Simulation.Tests;

/// <summary>A file that may be anything takes no more memory than the largest tape.</summary>
public sealed class TapeBoundTests
{
    [Fact]
    public void A_tape_of_more_choices_than_a_tape_may_hold_is_refused_with_the_bound()
    {
        using EndlessReader endless = new("schedule 1/3 0/2");

        TapeFormatException refusal = Should.Throw<TapeFormatException>(() =>
            new TapeParser(new TapeLines(endless), maxChoices: 1_001).Parse()
        );

        refusal.Message.ShouldBe(
            "line 506: the tape holds more than 1001 choices, which is the maximum; record a shorter run: give it fewer steps or less virtual time"
        );
    }

    [Fact]
    public void The_most_choices_that_are_allowed_are_read()
    {
        Choice[] choices = [.. Enumerable.Repeat(new Choice(ChoiceKind.Schedule, 2, 1), 1_000)];
        using StringReader reader = new(Tapes.TextOf(Tapes.Of(choices)));

        new TapeParser(new TapeLines(reader), maxChoices: 1_000).Parse().Choices.ShouldBe(choices);
    }

    [Fact]
    public void A_header_without_end_is_refused_with_the_bound()
    {
        using EndlessReader endless = new("option {0} x", choices: false);

        Should
            .Throw<TapeFormatException>(() => Tape.Parse(endless))
            .Message.ShouldStartWith("line 1029: the tape holds more than 1024 options; ");
    }

    [Fact]
    public void What_could_not_be_read_back_is_not_written()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Tape tape = Tape.Owning(Tapes.Of().Header, new ManyChoices(Tape.MaxSavedChoices + 1));

        Should
            .Throw<NotSupportedException>(() => tape.Save(path))
            .Message.ShouldBe(
                "The run took 16777217 choices, and a tape's file holds at most 16777216: give the run fewer steps or less virtual time."
            );
        File.Exists(path).ShouldBeFalse();
    }

    [Fact]
    public void More_options_than_a_file_may_hold_are_refused() =>
        Should
            .Throw<ArgumentException>(() =>
                new Tape(
                    Tapes.Of().Header with
                    {
                        Options = Enumerable
                            .Range(0, 1_025)
                            .ToDictionary(i => $"k{i}", _ => "", StringComparer.Ordinal),
                    },
                    []
                )
            )
            .Message.ShouldContain("There are 1025 options; a tape holds at most 1024.");

    /// <summary>A pipe whose writer is slow has nothing to peek at for now, and goes on.</summary>
    [Fact]
    public void A_tape_is_read_from_a_pipe_to_its_end()
    {
        using StreamReader reader = new(new SlowStream(Tapes.TextOf(Tapes.Of(Tapes.SomeChoices))));

        Tape.Parse(reader).Choices.ShouldBe(Tapes.SomeChoices);
    }

    /// <summary>A tape that never ends.</summary>
    private sealed class EndlessReader(string line, bool choices = true) : TextReader
    {
        private readonly string _start = "detsim-tape 1\nscenario s\nfaults f\nseed 1\n" + (choices ? "choices\n" : "");
        private string _rest = "";
        private int _place;
        private long _lines;

        public override int Read()
        {
            if (_place == _rest.Length)
            {
                _rest = _rest.Length == 0 ? _start : string.Format(CultureInfo.InvariantCulture, line, _lines++) + "\n";
                _place = 0;
            }

            return _rest[_place++];
        }
    }

    private sealed class ManyChoices(int count) : IReadOnlyList<Choice>
    {
        public int Count => count;

        public Choice this[int index] => new(ChoiceKind.Schedule, 2, 0);

        public IEnumerator<Choice> GetEnumerator() => Enumerable.Repeat(this[0], count).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>One byte at a time.</summary>
    private sealed class SlowStream(string text) : MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1)]);
    }
}
