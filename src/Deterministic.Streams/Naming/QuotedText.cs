using System.Globalization;
using System.Text;

namespace Deterministic.Streams.Naming;

/// <summary>Text of the program's in an error message: in quotes, and what would not be seen as an escape.</summary>
internal static class QuotedText
{
    /// <summary>So that a message stays readable whatever was passed.</summary>
    private const int LongestShown = 300;

    public static string Of(string text)
    {
        StringBuilder shown = new("'");
        foreach (char one in text.AsSpan(0, Math.Min(text.Length, LongestShown)))
        {
            _ = one switch
            {
                '\0' => shown.Append("\\0"),
                _ when char.IsControl(one) || char.IsSurrogate(one) || (char.IsWhiteSpace(one) && one != ' ') =>
                    shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)one:x4}"),
                _ => shown.Append(one),
            };
        }

        return shown.Append(text.Length > LongestShown ? "…'" : "'").ToString();
    }

    /// <summary>Where a half of a surrogate pair stands alone, which no encoding of text can carry; -1 if nowhere.</summary>
    public static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (int index = 0; index < text.Length; )
        {
            if (Rune.DecodeFromUtf16(text[index..], out _, out int taken) != System.Buffers.OperationStatus.Done)
            {
                return index;
            }

            index += taken;
        }

        return -1;
    }
}
