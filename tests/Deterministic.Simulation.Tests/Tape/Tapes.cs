using Deterministic.Exploration;
using FsCheck;
using FsCheck.Fluent;

namespace Deterministic.Simulation.Tests;

internal static class Tapes
{
    public static readonly Choice[] SomeChoices =
    [
        new(ChoiceKind.Schedule, 3, 1),
        new(ChoiceKind.Schedule, 2, 0),
        new(ChoiceKind.Latency, 100, 37),
        new(ChoiceKind.Schedule, 2, 0),
    ];

    public static Tape Of(params Choice[] choices) =>
        new(
            new TapeHeader
            {
                Scenario = "chat",
                Faults = "lossy-wan",
                Seed = 42,
                Options = new Dictionary<string, string>(StringComparer.Ordinal) { ["clients"] = "5" },
            },
            choices
        );

    public static string TextOf(Tape tape)
    {
        using var writer = new StringWriter();
        tape.Write(writer);
        return writer.ToString();
    }

    public static Tape Parse(string text)
    {
        using var reader = new StringReader(text);
        return Tape.Parse(reader);
    }

    internal static class AnyChoices
    {
        public static Arbitrary<Choice[]> Arrays() =>
            (
                from kind in Gen.Elements(Enum.GetValues<ChoiceKind>())
                from alternatives in Gen.OneOf(
                    Gen.Choose(2, 4),
                    Gen.Choose(2, int.MaxValue - 1),
                    Gen.Constant(int.MaxValue)
                )
                from chosen in Gen.Choose(0, alternatives - 1)
                select new Choice(kind, alternatives, chosen)
            )
                .ArrayOf()
                .ToArbitrary();
    }
}
