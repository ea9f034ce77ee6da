using System.Globalization;
using System.Text;
using Deterministic.Exploration.Naming;
using Deterministic.Exploration.Text;

namespace Deterministic.Exploration.Tapes;

/// <summary>Writes one tape: the format is described in the remarks of the class <c>Tape</c>.</summary>
internal sealed class TapeWriter(TextWriter writer)
{
    private Fnv1a64 _checksum = new();

    public void Write(TapeHeader header, IReadOnlyList<Choice> choices)
    {
        Line($"{TapeFormat.Magic} {TapeFormat.Version}");
        Line($"{TapeFormat.Scenario} {TapeText.Escape(header.Scenario)}");
        Line($"{TapeFormat.Faults} {TapeText.Escape(header.Faults)}");
        Line($"{TapeFormat.Seed} {header.Seed}");
        foreach (var (key, value) in header.Options.OrderBy(option => option.Key, StringComparer.Ordinal))
        {
            Line($"{TapeFormat.Option} {TapeText.Escape(key)} {TapeText.Escape(value)}");
        }

        Line($"{TapeFormat.Choices}");
        WriteChoices(choices);
        Line($"{TapeFormat.End} {choices.Count} {_checksum.Value:x16}");
    }

    private void WriteChoices(IReadOnlyList<Choice> choices)
    {
        var line = new StringBuilder();
        for (var start = 0; start < choices.Count; start += TapeFormat.ChoicesPerLine)
        {
            line.Clear();
            var end = Math.Min(start + TapeFormat.ChoicesPerLine, choices.Count);
            for (var i = start; i < end; i++)
            {
                var (kind, alternatives, chosen) = choices[i];
                if (i == start || choices[i - 1].Kind != kind)
                {
                    line.Append(i == start ? "" : " ").Append(ChoiceKindNames.NameOf(kind));
                }

                line.Append(CultureInfo.InvariantCulture, $" {chosen}/{alternatives}");
            }

            Line(line.ToString());
        }
    }

    private void Line(FormattableString line) => Line(line.ToString(CultureInfo.InvariantCulture));

    private void Line(string line)
    {
        _checksum.AddLine(line);
        writer.Write(line);
        writer.Write('\n');
    }
}
