using System.Buffers;

namespace Deterministic.Core;

/// <summary>
/// One or several byte separators, prepared once for searching. The match that ends first wins; of those that end at the same byte, the shortest:
/// clause R-UNTIL-11. Immutable and safe to share between threads and streams.
/// </summary>
/// <remarks>
/// The search is an Aho-Corasick automaton over the separators, so that a stream can be cut anywhere and no byte is looked at twice;
/// while no separator has begun, a vectorised scan skips to the next byte that could begin one.
/// </remarks>
public sealed class SeparatorSet
{
    private readonly ReadOnlyMemory<byte>[] _separators;
    private readonly SearchValues<byte> _firstBytes;
    private readonly SeparatorAutomaton _automaton;

    private SeparatorSet(ReadOnlyMemory<byte>[] separators)
    {
        _separators = separators;
        Span<byte> first = stackalloc byte[byte.MaxValue + 1];
        int count = 0;
        foreach (ReadOnlyMemory<byte> separator in separators)
        {
            first[count] = separator.Span[0];
            count = first[..count].Contains(first[count]) ? count : count + 1;
            Longest = Math.Max(Longest, separator.Length);
        }

        _firstBytes = SearchValues.Create(first[..count]);
        _automaton = SeparatorAutomaton.Build(separators);
    }

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
    /// <exception cref="ArgumentException">The separator is empty: clause R-UNTIL-02.</exception>
    public static SeparatorSet Create(ReadOnlySpan<byte> separator) => new([Checked(separator)]);

    /// <summary>A set of several separators, any of which ends a message.</summary>
    /// <param name="separators">The separators; copied.</param>
    /// <exception cref="ArgumentException">There is none, or one is empty: clause R-UNTIL-14.</exception>
    public static SeparatorSet Create(params IEnumerable<ReadOnlyMemory<byte>> separators)
    {
        ArgumentNullException.ThrowIfNull(separators);
        ReadOnlyMemory<byte>[] copies = [.. separators.Select(separator => Checked(separator.Span))];
        return copies.Length > 0
            ? new SeparatorSet(copies)
            : throw new ArgumentException("Separator should contain at least one element.", nameof(separators));
    }

    /// <summary>Whether this set is that one separator and no other.</summary>
    /// <param name="separator">The separator to compare with.</param>
    public bool IsOnly(ReadOnlySpan<byte> separator) =>
        _separators.Length == 1 && _separators[0].Span.SequenceEqual(separator);

    /// <summary>The index of the next byte that could begin a separator, or −1.</summary>
    internal int IndexOfFirstByte(ReadOnlySpan<byte> span) => span.IndexOfAny(_firstBytes);

    internal int Step(int node, byte value) => _automaton.Step(node, value);

    /// <summary>The length of the shortest separator that ends at this node, or 0.</summary>
    internal int MatchLength(int node) => _automaton.MatchLength(node);

    /// <summary>How many of the last bytes looked at could still be the beginning of a separator.</summary>
    internal int Depth(int node) => _automaton.Depth(node);

    private static ReadOnlyMemory<byte> Checked(ReadOnlySpan<byte> separator) =>
        separator.IsEmpty
            ? throw new ArgumentException("Separator should be at least one byte long.", nameof(separator))
            : separator.ToArray();
}
