using System.Globalization;
using System.Text;

namespace Deterministic.Simulation.Tool;

/// <summary>Any text on one line: what would break it, or would steer the terminal, is written as <c>\u000a</c>.</summary>
internal static class TextEscaper
{
    public static string Of(string text) => Escape(text, static c => !char.IsControl(c));

    /// <summary>In ASCII alone, so that it passes through any pipe as it is.</summary>
    public static string InAscii(string text) => Escape(text, static c => c is >= ' ' and <= '~');

    private static string Escape(string text, Func<char, bool> isPlain)
    {
        if (text.All(isPlain))
        {
            return text;
        }

        StringBuilder line = new(text.Length);
        foreach (char c in text)
        {
            if (isPlain(c))
            {
                line.Append(c);
            }
            else
            {
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
        }

        return line.ToString();
    }
}
