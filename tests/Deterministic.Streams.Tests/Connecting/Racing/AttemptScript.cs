using System.Globalization;

namespace Deterministic.Streams.Tests;

/// <summary>How one attempt goes: it connects (<c>+</c>) or fails (<c>-</c>) so many ticks after its start, or does neither (<c>~</c>).</summary>
/// <param name="Kind">One of the three.</param>
/// <param name="After">In ticks; 0 is at once.</param>
internal sealed record AttemptScript(char Kind, int After)
{
    public static AttemptScript Parse(string text) =>
        new(text[0], text.Length == 1 ? int.MaxValue : int.Parse(text[1..], CultureInfo.InvariantCulture));

    public override string ToString() => After == int.MaxValue ? $"{Kind}" : $"{Kind}{After}";
}
