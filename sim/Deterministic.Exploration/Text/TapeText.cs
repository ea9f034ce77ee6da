using System.Globalization;
using System.Text;

namespace Deterministic.Exploration.Text;

/// <summary>Any text on one line of UTF-8: characters that a line or UTF-8 can't hold are written as <c>\u000a</c>. For tapes, with a way back, or for messages.</summary>
internal static class TapeText
{
    private const int QuotedLength = 40;

    public static bool IsKey(string text) =>
        text.Length > 0 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    /// <summary>For a tape: <see cref="Unescape"/> reverses it, since a backslash is escaped as well.</summary>
    public static string Escape(string text) => Escape(text, withBackslash: true);

    /// <summary>For messages: a backslash is not escaped, so this can't be reversed.</summary>
    public static string Show(string text) => Escape(text, withBackslash: false);

    private static string Escape(string text, bool withBackslash)
    {
        var escaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                escaped.Append(c).Append(text[++i]);
            }
            else if (c == '\uFEFF' || (c == '\\' && withBackslash) || char.IsControl(c) || char.IsSurrogate(c))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                escaped.Append(c);
            }
        }

        return escaped.ToString();
    }

    /// <summary>Null if a backslash isn't followed by <c>u</c> and four hexadecimal digits.</summary>
    public static string? Unescape(ReadOnlySpan<char> text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                plain.Append(text[i]);
                continue;
            }

            if (
                i + 6 > text.Length
                || text[i + 1] != 'u'
                || !ushort.TryParse(
                    text.Slice(i + 2, 4),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out var code
                )
            )
            {
                return null;
            }

            plain.Append((char)code);
            i += 5;
        }

        return plain.ToString();
    }

    /// <summary>The beginning of any text, for an error message of one line.</summary>
    public static string Quote(ReadOnlySpan<char> text) =>
        text.Length <= QuotedLength ? Show(text.ToString()) : Show(text[..QuotedLength].ToString()) + "…";
}
