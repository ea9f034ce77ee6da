using System.Globalization;
using Deterministic.Exploration.Naming;
using Deterministic.Exploration.Text;

namespace Deterministic.Exploration.Tapes;

/// <summary>Reads one tape and refuses anything that isn't exactly what <see cref="TapeWriter"/> writes.</summary>
/// <param name="lines">The lines of the file; read one by one.</param>
/// <param name="maxChoices">How many choices the file may hold.</param>
internal sealed class TapeParser(TapeLines lines, int maxChoices = TapeFormat.MaxChoices)
{
    private const string NotATape = "give a file written by detsim";
    private const string Damaged = "restore the file, or record the run again from its seed";

    private readonly List<Choice> _choices = [];

    public (TapeHeader Header, IReadOnlyList<Choice> Choices) Parse()
    {
        ParseVersion();
        var scenario = Text(Field(TapeFormat.Scenario));
        var faults = Text(Field(TapeFormat.Faults));
        var seed = Seed(Field(TapeFormat.Seed));
        var options = ParseOptions();
        ParseChoices();
        var header = new TapeHeader
        {
            Scenario = scenario,
            Faults = faults,
            Seed = seed,
            Options = options,
        };
        return (header, _choices);
    }

    private void ParseVersion()
    {
        var line = lines.Next() ?? throw new TapeFormatException(1, "the file is empty", NotATape);
        if (!line.StartsWith(TapeFormat.Magic + " ", StringComparison.Ordinal))
        {
            throw Fail($"a tape starts with '{TapeFormat.Magic}', this file with '{TapeText.Quote(line)}'", NotATape);
        }

        var version = line.AsSpan(TapeFormat.Magic.Length + 1);
        if (!version.SequenceEqual(TapeFormat.Version.ToString(CultureInfo.InvariantCulture)))
        {
            throw Fail(
                $"the tape has version '{TapeText.Quote(version)}', supported is {TapeFormat.Version}",
                "replay it with the detsim that wrote it"
            );
        }
    }

    private SortedDictionary<string, string> ParseOptions()
    {
        var options = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (
            var line = NextLine();
            !string.Equals(line, TapeFormat.Choices, StringComparison.Ordinal);
            line = NextLine()
        )
        {
            if (options.Count == TapeFormat.MaxOptions)
            {
                throw Fail($"the tape holds more than {TapeFormat.MaxOptions} options", NotATape);
            }

            var rest = Field(line, TapeFormat.Option);
            var space = rest.IndexOf(' ');
            if (
                space < 0
                || !TapeText.IsKey(Text(rest[..space]))
                || !options.TryAdd(Text(rest[..space]), Text(rest[(space + 1)..]))
            )
            {
                throw Fail($"the option '{TapeText.Quote(rest)}' has no key, has no value or is repeated", Damaged);
            }
        }

        return options;
    }

    private void ParseChoices()
    {
        var line = NextLine();
        for (; !line.StartsWith(TapeFormat.End + " ", StringComparison.Ordinal); line = NextLine())
        {
            ParseChoiceLine(line);
        }

        ParseEnd(line.AsSpan(TapeFormat.End.Length + 1));
    }

    private void ParseChoiceLine(ReadOnlySpan<char> line)
    {
        ChoiceKind? kind = null;
        foreach (var range in line.Split(' '))
        {
            var word = line[range];
            if (word.Length > 0 && char.IsAsciiDigit(word[0]))
            {
                _choices.Add(ParseChoice(kind, word));
            }
            else
            {
                kind =
                    ChoiceKindNames.Find(word)
                    ?? throw Fail(
                        $"'{TapeText.Quote(word)}' is not a known kind of choice",
                        $"{Damaged}, or use the detsim that wrote it"
                    );
            }
        }
    }

    private Choice ParseChoice(ChoiceKind? kind, ReadOnlySpan<char> word)
    {
        var slash = word.IndexOf('/');
        if (
            kind is null
            || slash < 0
            || !Number(word[..slash], out var chosen)
            || !Number(word[(slash + 1)..], out var alternatives)
        )
        {
            throw Fail($"'{TapeText.Quote(word)}' is not a choice such as 'schedule 1/3'", Damaged);
        }

        if (_choices.Count == maxChoices)
        {
            throw Fail(
                $"the tape holds more than {maxChoices} choices, which is the maximum",
                "record a shorter run: give it fewer steps or less virtual time"
            );
        }

        var choice = new Choice(kind.Value, alternatives, chosen);
        return choice.IsValid ? choice : throw Fail($"the choice '{choice}' is out of range", Damaged);
    }

    private void ParseEnd(ReadOnlySpan<char> rest)
    {
        var space = rest.IndexOf(' ');
        if (
            space < 0
            || !Number(rest[..space], out var count)
            || rest.Length - space - 1 != 16
            || !ulong.TryParse(
                rest[(space + 1)..],
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var checksum
            )
        )
        {
            throw Fail($"the last line has no count or no checksum of 16 digits", $"the file is cut short: {Damaged}");
        }

        if (count != _choices.Count)
        {
            throw Fail($"the tape holds {_choices.Count} choices and should hold {count}", Damaged);
        }

        if (checksum != lines.ChecksumBefore)
        {
            throw Fail(
                $"the checksum is {checksum:x16} and should be {lines.ChecksumBefore:x16}: a line was altered",
                Damaged
            );
        }

        if (lines.Next() is { } extra)
        {
            throw Fail($"'{TapeText.Quote(extra)}' follows after the last line", Damaged);
        }
    }

    private ReadOnlySpan<char> Field(string name) => Field(NextLine(), name);

    private ReadOnlySpan<char> Field(string line, string name) =>
        line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] == ' '
            ? line.AsSpan(name.Length + 1)
            : throw Fail($"expected '{name} …', found '{TapeText.Quote(line)}'", Damaged);

    private string Text(ReadOnlySpan<char> escaped) =>
        TapeText.Unescape(escaped) is { Length: <= TapeHeader.MaxTextLength } text
            ? text
            : throw Fail($"'{TapeText.Quote(escaped)}' has a broken escape or is too long", Damaged);

    private ulong Seed(ReadOnlySpan<char> text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw Fail($"the seed '{TapeText.Quote(text)}' is not a number from 0 to 2^64 − 1", Damaged);

    private static bool Number(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private string NextLine() =>
        lines.Next()
        ?? throw Fail($"the file ends here, without its '{TapeFormat.End}' line", $"it is cut short: {Damaged}");

    private TapeFormatException Fail(FormattableString problem, string remedy) =>
        new(lines.Number, problem.ToString(CultureInfo.InvariantCulture), remedy);
}
