using System.Globalization;
using Deterministic.Exploration.Naming;

namespace Deterministic.Exploration;

/// <summary>One decision of a run: its kind, how many alternatives there were, and which was taken.</summary>
/// <param name="Kind">What was decided.</param>
/// <param name="Alternatives">How many alternatives there were; at least 2, since a decision needs an alternative.</param>
/// <param name="Chosen">The alternative taken, from 0 to <paramref name="Alternatives"/> − 1.</param>
public readonly record struct Choice(ChoiceKind Kind, int Alternatives, int Chosen)
{
    internal bool IsValid => Enum.IsDefined(Kind) && Alternatives >= 2 && (uint)Chosen < (uint)Alternatives;

    /// <summary>The choice as in a tape file, such as <c>schedule 1/3</c>: the second of three.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{ChoiceKindNames.NameOf(Kind)} {Chosen}/{Alternatives}");
}
