namespace Deterministic.Core;

/// <summary>The Aho-Corasick automaton of a <see cref="SeparatorSet"/> as a dense table: one look-up a byte, no failure links at run time.</summary>
/// <remarks>
/// Bytes that occur in no separator share column 0, which keeps the table at (total length + 1) × (distinct bytes + 1) entries.
/// Node 0 is the root: no separator has begun.
/// </remarks>
internal sealed class SeparatorAutomaton
{
    private readonly byte[] _column;
    private readonly int _columns;
    private readonly int[] _next;
    private readonly int[] _matchLength;
    private readonly int[] _depth;

    private SeparatorAutomaton(byte[] column, int columns, int nodes)
    {
        _column = column;
        _columns = columns;
        _next = new int[nodes * columns];
        _matchLength = new int[nodes];
        _depth = new int[nodes];
    }

    public int Step(int node, byte value) => _next[(node * _columns) + _column[value]];

    public int MatchLength(int node) => _matchLength[node];

    public int Depth(int node) => _depth[node];

    public static SeparatorAutomaton Build(ReadOnlyMemory<byte>[] separators)
    {
        byte[] column = new byte[byte.MaxValue + 1];
        int columns = 1;
        int nodes = 1;
        foreach (ReadOnlyMemory<byte> separator in separators)
        {
            nodes = checked(nodes + separator.Length);
            foreach (byte value in separator.Span)
            {
                // A set that uses all 256 values wraps to column 0, which then stands for that last value alone.
                column[value] = column[value] == 0 ? (byte)columns++ : column[value];
            }
        }

        SeparatorAutomaton automaton = new(column, columns, nodes);
        int used = 1;
        foreach (ReadOnlyMemory<byte> separator in separators)
        {
            used = automaton.AddPath(separator.Span, used);
        }

        automaton.CompleteTransitions();
        return automaton;
    }

    private int AddPath(ReadOnlySpan<byte> separator, int used)
    {
        int node = 0;
        foreach (byte value in separator)
        {
            ref int next = ref _next[(node * _columns) + _column[value]];
            if (next == 0)
            {
                next = used++;
                _depth[next] = _depth[node] + 1;
            }

            node = next;
        }

        _matchLength[node] = separator.Length;
        return used;
    }

    /// <summary>Breadth first: a missing edge goes where the longest proper suffix would go, and a suffix that matches is a match too.</summary>
    private void CompleteTransitions()
    {
        int[] suffix = new int[_matchLength.Length];
        Queue<int> open = new([0]);
        while (open.TryDequeue(out int node))
        {
            for (int c = 0; c < _columns; c++)
            {
                int fallback = node == 0 ? 0 : _next[(suffix[node] * _columns) + c];
                ref int next = ref _next[(node * _columns) + c];
                if (next == 0)
                {
                    next = fallback;
                    continue;
                }

                suffix[next] = fallback;
                _matchLength[next] = Shorter(_matchLength[next], _matchLength[fallback]);
                open.Enqueue(next);
            }
        }
    }

    private static int Shorter(int own, int inherited) =>
        own == 0 ? inherited
        : inherited == 0 ? own
        : Math.Min(own, inherited);
}
