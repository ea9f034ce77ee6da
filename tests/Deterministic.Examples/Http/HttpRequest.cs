namespace Deterministic.Examples.Http;

/// <summary>A request without a body.</summary>
/// <param name="Method">Such as GET.</param>
/// <param name="Path">What comes before any question mark.</param>
/// <param name="IsHttp10">Whether the client speaks HTTP/1.0, in which there are no chunks.</param>
/// <param name="Fields">The values by name, whatever its case; several of a name are joined by commas.</param>
public sealed record HttpRequest(string Method, string Path, bool IsHttp10, IReadOnlyDictionary<string, string> Fields)
{
    public bool IsHead => Method == "HEAD";

    /// <summary>Whether the connection stays open for a next request: RFC 9112, 9.3.</summary>
    public bool KeepAlive { get; } = Has(Fields, "close") ? false : !IsHttp10 || Has(Fields, "keep-alive");

    private static bool Has(IReadOnlyDictionary<string, string> fields, string option) =>
        fields.TryGetValue("Connection", out string? value)
        && value.Split(',', StringSplitOptions.TrimEntries).Contains(option, StringComparer.OrdinalIgnoreCase);
}
