using System.Globalization;
using Deterministic.Exploration;

namespace Deterministic.Simulation.Tracing;

/// <summary>
/// The running hash of a trace at some of its events, small enough for the header of a tape: each event's while there are few, then every second one's, every fourth one's and so on. A replay
/// that parts from the recording can so be shown the event at which it does, or a span of a thousandth of the run.
/// </summary>
internal sealed class TraceMarks
{
    /// <summary>Four digits each, they fit into one option of a tape: <see cref="TapeHeader.MaxTextLength"/>.</summary>
    private const int Most = 1000;

    private const int Digits = 4;

    private readonly ushort[] _marks = new ushort[Most];
    private int _count;
    private long _events;

    /// <summary>A mark is of every event whose number, from 1, is a multiple of this: a power of two.</summary>
    private long _stride = 1;

    public void Add(ulong hash)
    {
        _events++;
        if ((_events & (_stride - 1)) != 0)
        {
            return;
        }

        if (_count == Most)
        {
            Thin();
            if ((_events & (_stride - 1)) != 0)
            {
                return;
            }
        }

        _marks[_count++] = MarkOf(hash);
    }

    /// <summary>How many events two runs share, from the marks of one and the events of the other. The marks are 16 bits wide: once in 65,536 times the first mark that differs is overlooked.</summary>
    /// <param name="text">What <see cref="ToString"/> made of the recorded run's.</param>
    /// <param name="replayed">The events of the other run.</param>
    /// <returns>How many they share at least, and the number of an event by which they have parted; null if the text is none of ours, or no difference shows.</returns>
    public static (long Shared, long Parted)? Compare(string? text, IReadOnlyList<HashedTraceEvent> replayed)
    {
        if (
            text?.Split(' ') is not [var countText, var strideText, var marks]
            || !long.TryParse(countText, NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            || !long.TryParse(strideText, NumberStyles.None, CultureInfo.InvariantCulture, out long stride)
            || stride <= 0
            || marks.Length % Digits != 0
        )
        {
            return null;
        }

        long shared = 0;
        for (int i = 0; i < marks.Length / Digits; i++)
        {
            long number = (i + 1) * stride;
            bool same =
                number <= replayed.Count
                && ushort.TryParse(
                    marks.AsSpan(i * Digits, Digits),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out ushort mark
                )
                && mark == MarkOf(replayed[(int)number - 1].Hash);
            if (!same)
            {
                return (shared, Math.Min(number, replayed.Count + 1));
            }

            shared = number;
        }

        return count != replayed.Count ? (shared, Math.Min(count, replayed.Count) + 1)
            : shared == count ? null
            : (shared, count);
    }

    /// <summary>As one option of a tape holds them: the number of events, the stride, and the marks.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_events} {_stride} {string.Concat(_marks.Take(_count).Select(mark => mark.ToString("x4", CultureInfo.InvariantCulture)))}"
        );

    private static ushort MarkOf(ulong hash) => (ushort)(hash >> 48);

    private void Thin()
    {
        for (int i = 0; i < Most / 2; i++)
        {
            _marks[i] = _marks[(2 * i) + 1];
        }

        _count = Most / 2;
        _stride *= 2;
    }
}
