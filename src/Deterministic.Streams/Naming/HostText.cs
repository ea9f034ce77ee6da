using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Deterministic.Streams.Naming;

/// <summary>
/// The text of a host: a name, an IPv4 address, or an IPv6 address, the latter with or without brackets and a scope. The one place that decides what is none. Clause C-OPEN-13.
/// <para>This folder is the text of hosts and paths, checked before a driver sees it: this file first, then <see cref="HostName"/>, <see cref="HostAddress"/> and <see cref="UnixAddress"/>.</para>
/// </summary>
/// <remarks>
/// Neither the runtime nor the system decides that well: they end the text at a NUL, leave out a port that follows the brackets, and leave out a scope that they don't know.
/// IPv4 addresses are read as <c>inet_aton</c> reads them, also those of fewer than four numbers: so do the runtime, <c>getaddrinfo</c> and asyncio.
/// </remarks>
/// <param name="Text">Without brackets.</param>
/// <param name="Address">Without its scope; null for a name.</param>
/// <param name="Scope">What follows a <c>%</c>, as long as it is not the default scope, 0; null if nothing does. Which there are, the network knows.</param>
internal readonly record struct HostText(string Text, IPAddress? Address, string? Scope)
{
    /// <summary>What ends a host in a longer text, by the URL Standard's list; those of <see cref="OfIPv6"/> do in a name.</summary>
    private static readonly SearchValues<char> Delimiters = SearchValues.Create("#/<>?@\\^|");

    private static readonly SearchValues<char> OfIPv6 = SearchValues.Create(":[]%");
    private static readonly SearchValues<char> InIPv6Address = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <exception cref="ArgumentException">It is none; the message shows the text and the reason.</exception>
    public static HostText Parse(string host, string? parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(host, parameter);
        if (FaultOfCharacters(host) is { } fault)
        {
            throw Invalid(host, fault, parameter);
        }

        if (host.AsSpan().ContainsAny(OfIPv6))
        {
            return ParseIPv6(host, parameter);
        }

        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            return new HostText(host, address, Scope: null);
        }

        return HostName.FaultOf(host) is { } nameFault
            ? throw Invalid(host, nameFault, parameter)
            : new HostText(host, Address: null, Scope: null);
    }

    /// <summary>Whether text has a character that no name has.</summary>
    public static bool HasForbidden(string text) =>
        FaultOfCharacters(text) is not null || text.AsSpan().ContainsAny(OfIPv6);

    public static ArgumentException Invalid(string host, string fault, string? parameter) =>
        new($"The host {QuotedText.Of(host)} {fault}.", parameter);

    private static string? FaultOfCharacters(string host)
    {
        int lone = QuotedText.IndexOfLoneSurrogate(host);
        if (lone >= 0)
        {
            return $"has half of a surrogate pair at index {lone}, which stands for no character";
        }

        for (int index = 0; index < host.Length; index++)
        {
            char one = host[index];
            if (char.IsControl(one) || char.IsWhiteSpace(one))
            {
                return $"has the character U+{(int)one:X4} at index {index}, which no host has";
            }

            if (Delimiters.Contains(one))
            {
                return $"has '{one}' at index {index}: pass only the host, without what comes before and after it in a URL or a path";
            }
        }

        return null;
    }

    private static HostText ParseIPv6(string host, string? parameter)
    {
        string text = host is ['[', .. string inner, ']'] ? inner : host;
        string[] parts = text.Split('%', 2);
        if (
            parts[0].AsSpan().ContainsAnyExcept(InIPv6Address)
            || !IPAddress.TryParse(parts[0], out IPAddress? address)
            || address.AddressFamily != AddressFamily.InterNetworkV6
        )
        {
            throw Invalid(host, WhyNoIPv6(host), parameter);
        }

        return parts.Length == 1 ? new HostText(text, address, Scope: null)
            : parts[1].Length == 0 ? throw Invalid(host, "has a '%', and no scope after it", parameter)
            // RFC 4007, section 6: 0 is the default scope, as if there were none.
            : parts[1] is "0" ? new HostText(parts[0], address, Scope: null)
            : new HostText(text, address, parts[1]);
    }

    private static string WhyNoIPv6(string host)
    {
        int colon = host.LastIndexOf(':');
        bool hasPort =
            colon > 0
            && colon < host.Length - 1
            && !host.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9')
            && (host[colon - 1] == ']' || host.IndexOf(':', StringComparison.Ordinal) == colon);
        return hasPort
            ? $"has a port in it: pass the port as an argument of its own, and as the host only {QuotedText.Of(host[..colon])}"
            : "is no IPv6 address: brackets, ':' and '%' are for these alone";
    }
}
