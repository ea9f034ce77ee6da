using System.Globalization;
using System.Net;
using System.Text;

namespace Deterministic.Sockets.Errors;

/// <summary>An address as messages name it.</summary>
internal static class AddressText
{
    /// <summary>Its text; control characters, which abstract Unix names may hold, are escaped: a terminal or a log must show them.</summary>
    public static string Of(EndPoint address)
    {
        string text = address.ToString() ?? "";
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        StringBuilder shown = new();
        foreach (char character in text)
        {
            if (char.IsControl(character))
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}");
            }
            else
            {
                shown.Append(character);
            }
        }

        return shown.ToString();
    }
}
