using System.Globalization;
using System.Net;
using System.Text;

namespace Deterministic.Streams.Naming;

/// <summary>Names of hosts, as DNS carries them: ASCII, in labels of 1 to 63 bytes, with a dot at the end or not. Clause C-OPEN-13.</summary>
internal static class HostName
{
    /// <summary>RFC 1035, section 2.3.4: 255 bytes on the wire, of which the length of the first label and the root take two.</summary>
    private const int LongestName = 253;

    private const int LongestLabel = 63;

    private static readonly IdnMapping Idn = new();

    /// <summary>Why text is no name; null if it is one.</summary>
    /// <param name="name">Has no character that no host has.</param>
    public static string? FaultOf(string name)
    {
        if (IsAnyLabelEmpty(name))
        {
            return "has an empty label: a name has a dot between two labels, and may have one at its end";
        }

        if (!TryToAscii(name, out string ascii))
        {
            return "has no form in ASCII (IDNA), so that no DNS could carry it";
        }

        if (!Ascii.IsValid(name) && (HostText.HasForbidden(ascii) || IPAddress.TryParse(ascii, out _)))
        {
            // Look-alikes, such as full-width digits, that a mapping turns into something else than a name.
            return $"stands for {QuotedText.Of(ascii)}, which is no name: write what you mean in ASCII";
        }

        string[] labels = Labels(ascii);
        if (labels.FirstOrDefault(static label => label.Length > LongestLabel) is { } tooLong)
        {
            return $"has a label of {tooLong.Length} bytes, and one has at most {LongestLabel}";
        }

        int length = labels.Sum(static label => label.Length + 1) - 1;
        return length > LongestName ? $"has {length} bytes, and a name has at most {LongestName}" : null;
    }

    /// <summary>The name in the form of DNS, with its trailing dot if it has one.</summary>
    /// <param name="name">A name.</param>
    public static string ToAscii(string name) =>
        TryToAscii(name, out string ascii) ? ascii : throw new ArgumentException($"{name} is no name.", nameof(name));

    /// <summary>As <see cref="ToAscii"/>, without the trailing dot: RFC 6066, section 3, and what certificates have.</summary>
    /// <param name="name">A name.</param>
    public static string ToCertified(string name) => ToAscii(name) is [.. string bare, '.'] ? bare : ToAscii(name);

    private static bool TryToAscii(string name, out string ascii)
    {
        ascii = name;
        if (Ascii.IsValid(name))
        {
            // As it is: IDNA has rules of its own for ASCII too, which DNS has not.
            return true;
        }

        try
        {
            ascii = Idn.GetAscii(name);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsAnyLabelEmpty(string name) => Labels(name).Any(static label => label.Length == 0);

    private static string[] Labels(string name) => (name.EndsWith('.') ? name[..^1] : name).Split('.');
}
