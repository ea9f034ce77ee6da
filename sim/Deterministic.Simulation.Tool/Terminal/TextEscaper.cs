using System.Globalization;
using System.Text;

namespace Deterministic.Simulation.Tool;

/// <summary>Any text on one line: line breaks and terminal control characters are written as <c>\u000a</c>.</summary>
internal static class TextEscaper
{
    public static string Of(string text) => Escape(text, static c => !char.IsControl(c));

    /// <summary>In ASCII only, so that no pipe changes it.</summary>
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
