using System.Net.Sockets;
using System.Text;

namespace Deterministic.Streams;

/// <summary>A path as the address of a Unix socket. Clause C-UNIX-06.</summary>
internal static class UnixAddress
{
    /// <exception cref="ArgumentException">It is empty or too long.</exception>
    public static UnixDomainSocketEndPoint Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new ArgumentException(
                $"The path '{path}' has {Encoding.UTF8.GetByteCount(path)} bytes, and a Unix socket's has at most {Longest(path[0])} on this system: "
                    + "choose a shorter one, or a relative one.",
                nameof(path),
                error
            );
        }
    }

    /// <summary>In bytes. Tried out, as the runtime knows it and does not tell: every system has a number of its own, and abstract names have one more.</summary>
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
