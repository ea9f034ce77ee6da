using System.Buffers;
using Deterministic.Core;

namespace Deterministic.Streams.Reading;

/// <summary>The caller's memory; the result counts the bytes.</summary>
internal readonly struct FilledForm : IReadForm<int>
{
    public static bool Lends => false;

    public static int Take(in ReadOutcome outcome, Memory<byte> destination)
    {
        if (destination.IsEmpty)
        {
            // A wait for data, which was shown and stays where it is.
            return 0;
        }

        outcome.Data.CopyTo(destination.Span);
        return (int)outcome.Data.Length;
    }
}
