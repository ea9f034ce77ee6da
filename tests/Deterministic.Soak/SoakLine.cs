using System.Globalization;

namespace Deterministic.Soak;

/// <summary>A number of a report.</summary>
/// <param name="Name">What it counts.</param>
/// <param name="Value">In text.</param>
public sealed record SoakLine(string Name, string Value)
{
    /// <summary>A count.</summary>
    public SoakLine(string name, long count)
        : this(name, count.ToString("N0", CultureInfo.InvariantCulture)) { }

    internal static string Bytes(long count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count / (1024.0 * 1024):N1} MiB");
}
