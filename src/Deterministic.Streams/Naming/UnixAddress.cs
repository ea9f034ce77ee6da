using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Deterministic.Streams.Naming;

/// <summary>A path as the address of a Unix socket. Clause C-UNIX-06.</summary>
internal static class UnixAddress
{
    /// <summary>Where the name begins in the system's own form of an address: after the family.</summary>
    private const int NameOffset = 2;

    /// <exception cref="ArgumentException">It is empty, too long, or no path.</exception>
    public static UnixDomainSocketEndPoint Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ThrowIfInvalid(path, IsAbstract(path), nameof(path));
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new ArgumentException(
                $"The path {QuotedText.Of(path)} has {Encoding.UTF8.GetByteCount(path)} bytes, and a Unix socket's has at most {Longest(path[0])} on this system: "
                    + "choose a shorter one, or a relative one.",
                nameof(path),
                error
            );
        }
    }

    /// <exception cref="ArgumentException">It has a path that is none: the runtime takes any text.</exception>
    public static void ThrowIfInvalid(UnixDomainSocketEndPoint address, string? parameter)
    {
        SocketAddress raw = address.Serialize();
        // Its text has '@' in place of the NUL that an abstract name begins with.
        bool isAbstract = raw.Size > NameOffset && raw[NameOffset] == 0;
        ThrowIfInvalid(address.ToString(), isAbstract, parameter);
    }

    /// <summary>The system ends a path at its first NUL; in an abstract name it is a byte like any other.</summary>
    private static void ThrowIfInvalid(string path, bool isAbstract, string? parameter)
    {
        int nul = path.IndexOf('\0', StringComparison.Ordinal);
        if (nul >= 0 && !isAbstract)
        {
            throw new ArgumentException(
                $"The path {QuotedText.Of(path)} has a NUL at index {nul}, where the system would end it. (Only abstract names, which begin with one, have any.)",
                parameter
            );
        }

        int lone = QuotedText.IndexOfLoneSurrogate(path);
        if (lone >= 0)
        {
            throw new ArgumentException(
                $"The path {QuotedText.Of(path)} has half of a surrogate pair at index {lone}, which no file name can have.",
                parameter
            );
        }
    }

    private static bool IsAbstract(string path) => path[0] == '\0';

    /// <summary>In bytes. Found by trial, because the runtime does not expose it: it differs between systems, and abstract names have one more.</summary>
    /// <param name="first">What decides which it is.</param>
    private static int Longest(char first)
    {
        string longest = first == '\0' ? "\0" : string.Empty;
        while (Fits(longest + 'x'))
        {
            longest += 'x';
        }

        return longest.Length;
    }

    private static bool Fits(string path)
    {
        try
        {
            _ = new UnixDomainSocketEndPoint(path);
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }
}
