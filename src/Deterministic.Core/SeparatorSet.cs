using System.Buffers;
using System.Runtime.CompilerServices;
using Deterministic.Core.Reading;

namespace Deterministic.Core;

/// <summary>
/// One or several byte separators, prepared once for searching. The match that ends first wins; of those that end at the same byte, the shortest:
/// clause R-UNTIL-11. Immutable and safe to share between threads and streams.
/// </summary>
/// <remarks>
/// <para>
/// The search is an Aho-Corasick automaton over the separators, so that a stream can be cut anywhere and no byte is looked at twice;
/// while no separator has begun, a vectorised scan skips to the next byte that could begin one.
/// </para>
/// <para>
/// Separators may be of any length and number up to <see cref="MaxTotalLength"/>. A set takes time to make and memory in proportion to the sum of their lengths,
/// about 18 bytes for each byte and at most 32 KiB beside; a search takes time in proportion to the bytes it looks at, and allocates nothing.
/// </para>
/// </remarks>
public sealed class SeparatorSet
{
    private readonly ReadOnlyMemory<byte>[] _separators;
    private readonly SearchValues<byte> _firstBytes;
    private readonly SeparatorAutomaton _automaton;
    private readonly SeparatorTable? _table;

    /// <param name="separators">Checked; owned by the set from here on.</param>
    private SeparatorSet(ReadOnlyMemory<byte>[] separators)
    {
        _separators = separators;
        _automaton = new SeparatorAutomaton(separators);
        _table = SeparatorTable.TryCreate(_automaton);
        _firstBytes = SearchValues.Create(_automaton.FirstBytes);
        Longest = separators.Max(static separator => separator.Length);
    }

    /// <summary>The most bytes that the separators of a set may have together, about 2 GiB: what an array can hold.</summary>
    public static int MaxTotalLength => Array.MaxLength - 2;

    /// <summary>A line feed: what ends a line. Clause R-LINE-01.</summary>
    public static SeparatorSet LineFeed { get; } = Create("\n"u8);

    /// <summary>A carriage return and a line feed.</summary>
    public static SeparatorSet CrLf { get; } = Create("\r\n"u8);

    /// <summary>The separators, in the order given.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Separators => _separators;

    /// <summary>The length of the longest separator, in bytes.</summary>
    public int Longest { get; }

    /// <summary>A set of one separator.</summary>
    /// <param name="separator">The separator; copied.</param>
    /// <exception cref="ArgumentException">The separator is empty (clause R-UNTIL-02), or longer than <see cref="MaxTotalLength"/>.</exception>
    public static SeparatorSet Create(ReadOnlySpan<byte> separator)
    {
        ThrowIfEmpty(separator.Length, nameof(separator));
        ThrowIfTooLong(separator.Length, nameof(separator));
        return new SeparatorSet([separator.ToArray()]);
    }

    /// <summary>A set of several separators, any of which ends a message. The order does not matter, nor does giving one twice.</summary>
    /// <param name="separators">The separators; copied.</param>
    /// <exception cref="ArgumentException">
    /// There is none, or one is empty (clause R-UNTIL-14), or they have more than <see cref="MaxTotalLength"/> bytes together.
    /// </exception>
    public static SeparatorSet Create(params IEnumerable<ReadOnlyMemory<byte>> separators)
    {
        ArgumentNullException.ThrowIfNull(separators);
        ReadOnlyMemory<byte>[] given = [.. separators];
        if (given.Length == 0)
        {
            throw new ArgumentException("Separator should contain at least one element.", nameof(separators));
        }

        long total = 0;
        foreach (ReadOnlyMemory<byte> separator in given)
        {
            ThrowIfEmpty(separator.Length, nameof(separators));
            total += separator.Length;
        }

        ThrowIfTooLong(total, nameof(separators));
        return new SeparatorSet([.. given.Select(static separator => (ReadOnlyMemory<byte>)separator.ToArray())]);
    }

    /// <summary>Whether this set is that one separator and no other.</summary>
    /// <param name="separator">The separator to compare with.</param>
    public bool IsOnly(ReadOnlySpan<byte> separator) =>
        _separators.Length == 1 && _separators[0].Span.SequenceEqual(separator);

    /// <summary>The index of the next byte that could begin a separator, or −1.</summary>
    internal int IndexOfFirstByte(ReadOnlySpan<byte> span) => span.IndexOfAny(_firstBytes);

    /// <summary>The node for what was looked at so far and one more byte. Inlined, as it runs for each byte that may belong to a separator.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Step(int node, byte value) =>
        _table is { } table ? table.Step(node, value) : _automaton.Step(node, value);

    /// <summary>The length of the shortest separator that ends at this node, or 0.</summary>
    internal int MatchLength(int node) => _automaton.MatchLength(node);

    /// <summary>How many of the last bytes looked at could still be the beginning of a separator.</summary>
    internal int Depth(int node) => _automaton.Depth(node);

    /// <summary>The node for the last <paramref name="count"/> bytes alone of those looked at.</summary>
    internal int Shorten(int node, long count) => _automaton.Shorten(node, count);

    private static void ThrowIfEmpty(int length, string parameter)
    {
        if (length == 0)
        {
            throw new ArgumentException("Separator should be at least one byte long.", parameter);
        }
    }

    private static void ThrowIfTooLong(long total, string parameter)
    {
        if (total > MaxTotalLength)
        {
            throw new ArgumentException(
                $"The separators have {total} bytes together; a set takes at most {MaxTotalLength} (SeparatorSet.MaxTotalLength).",
                parameter
            );
        }
    }
}
