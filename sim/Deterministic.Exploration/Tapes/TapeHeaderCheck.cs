using Deterministic.Exploration.Text;

namespace Deterministic.Exploration.Tapes;

/// <summary>Whether a header can be written and read back.</summary>
internal static class TapeHeaderCheck
{
    /// <summary>The error in the texts, or null.</summary>
    public static string? FindFault(TapeHeader header)
    {
        if (header.Options.Count > TapeFormat.MaxOptions)
        {
            return $"There are {header.Options.Count} options; a tape holds at most {TapeFormat.MaxOptions}.";
        }

        if (
            new[] { header.Scenario, header.Faults }
                .Concat(header.Options.Keys)
                .Concat(header.Options.Values)
                .FirstOrDefault(IsTooLong) is
            { } text
        )
        {
            return $"'{TapeText.Quote(text)}' is longer than the {nameof(TapeHeader.MaxTextLength)} of a tape's header.";
        }

        return header.Options.Keys.FirstOrDefault(key => !TapeText.IsKey(key)) is { } bad
            ? $"The option key '{TapeText.Quote(bad)}' is empty or holds white space or control characters."
            : null;
    }

    private static bool IsTooLong(string text) => text.Length > TapeHeader.MaxTextLength;
}
