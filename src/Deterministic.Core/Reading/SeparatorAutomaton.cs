namespace Deterministic.Core.Reading;

/// <summary>The Aho-Corasick automaton of a <see cref="SeparatorSet"/>: a trie of the separators, with a link from each node to its longest proper suffix that is a node too.</summary>
/// <remarks>
/// <para>
/// Nodes are numbered breadth first and siblings in the order of their bytes, so the children of a node have consecutive numbers and their bytes are one span.
/// Node 0 is the root: no separator has begun. Memory is 17 bytes a node, and there are no more nodes than bytes in all separators, and the root.
/// </para>
/// <para>
/// A step goes down at most once, and up only as often as earlier steps went down: a search costs time linear in what it looks at, whatever the separators.
/// </para>
/// </remarks>
internal sealed class SeparatorAutomaton
{
    private readonly byte[] _byte;
    private readonly int[] _firstChild;
    private readonly int[] _suffix;
    private readonly int[] _depth;
    private readonly int[] _matchLength;

    /// <param name="separators">At least one, and none empty.</param>
    public SeparatorAutomaton(ReadOnlyMemory<byte>[] separators)
    {
        ReadOnlyMemory<byte>[] sorted = [.. separators];
        Array.Sort(sorted, static (one, other) => one.Span.SequenceCompareTo(other.Span));
        int nodes = CountNodes(sorted);
        _byte = new byte[nodes];
        _firstChild = new int[nodes + 1];
        _suffix = new int[nodes];
        _depth = new int[nodes];
        _matchLength = new int[nodes];
        Build(sorted);
    }

    /// <summary>How many nodes there are.</summary>
    public int Nodes => _byte.Length;

    /// <summary>The bytes that begin a separator, in order.</summary>
    public ReadOnlySpan<byte> FirstBytes => _byte.AsSpan(1, _firstChild[1] - 1);

    /// <summary>The node for what was looked at so far and one more byte.</summary>
    public int Step(int node, byte value)
    {
        while (true)
        {
            int first = _firstChild[node];
            int index = _byte.AsSpan(first, _firstChild[node + 1] - first).IndexOf(value);
            if (index >= 0)
            {
                return first + index;
            }

            if (node == 0)
            {
                return 0;
            }

            node = _suffix[node];
        }
    }

    /// <summary>The length of the shortest separator that ends at this node, or 0.</summary>
    public int MatchLength(int node) => _matchLength[node];

    /// <summary>How many bytes lead to this node: as many of the last ones as could begin a separator.</summary>
    public int Depth(int node) => _depth[node];

    /// <summary>The byte that leads to a node from its parent; the root has none.</summary>
    public byte ByteOf(int node) => _byte[node];

    /// <summary>The longest proper suffix of a node that is a node too, which has a smaller number; that of the root is itself.</summary>
    public int Suffix(int node) => _suffix[node];

    /// <summary>The first child of a node, and the node after its last one.</summary>
    public (int First, int End) Children(int node) => (_firstChild[node], _firstChild[node + 1]);

    /// <summary>The node for the last <paramref name="count"/> bytes alone of those that led to this one.</summary>
    public int Shorten(int node, long count)
    {
        while (_depth[node] > count)
        {
            node = _suffix[node];
        }

        return node;
    }

    /// <summary>One for each different beginning of a separator; the empty one is the root.</summary>
    private static int CountNodes(ReadOnlyMemory<byte>[] sorted)
    {
        int nodes = 1;
        ReadOnlySpan<byte> previous = [];
        foreach (ReadOnlyMemory<byte> separator in sorted)
        {
            nodes += separator.Length - separator.Span.CommonPrefixLength(previous);
            previous = separator.Span;
        }

        return nodes;
    }

    /// <summary>Level by level. The separators that begin as a node does are neighbours in <paramref name="sorted"/>, and one that ends there comes first.</summary>
    private void Build(ReadOnlyMemory<byte>[] sorted)
    {
        List<(int From, int To)> level = [(0, sorted.Length)];
        List<(int From, int To)> below = [];
        int node = 0;
        int next = 1;
        for (int depth = 0; level.Count > 0; depth++)
        {
            foreach ((int from, int to) in level)
            {
                _firstChild[node] = next;
                int at = from;
                while (at < to && sorted[at].Length == depth)
                {
                    at++;
                }

                // A separator that ends with another one matches as that one: the shortest counts.
                int inherited = _matchLength[_suffix[node]];
                _matchLength[node] = inherited == 0 && at > from ? depth : inherited;

                while (at < to)
                {
                    int end = EndOfChild(sorted, depth, at, to);
                    AddChild(node, next++, sorted[at].Span[depth], depth + 1);
                    below.Add((at, end));
                    at = end;
                }

                node++;
            }

            (level, below) = (below, level);
            below.Clear();
        }

        _firstChild[node] = next;
    }

    private static int EndOfChild(ReadOnlyMemory<byte>[] sorted, int depth, int from, int to)
    {
        byte value = sorted[from].Span[depth];
        int end = from + 1;
        while (end < to && sorted[end].Span[depth] == value)
        {
            end++;
        }

        return end;
    }

    /// <summary>The suffix of a child is a child of a suffix of its parent. All levels above that of the child are complete.</summary>
    private void AddChild(int parent, int child, byte value, int depth)
    {
        _byte[child] = value;
        _depth[child] = depth;
        _suffix[child] = parent == 0 ? 0 : Step(_suffix[parent], value);
    }
}
