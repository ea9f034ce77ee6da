using System.Globalization;
using System.Text;

namespace Deterministic.Simulation.Tool;

/// <summary>Any text on one line: what would break it, or would steer the terminal, is written as <c>\u000a</c>.</summary>
internal static class OneLine
{
    public static string Of(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        StringBuilder line = new(text.Length);
        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                line.Append(c);
            }
        }

        return line.ToString();
    }
}
