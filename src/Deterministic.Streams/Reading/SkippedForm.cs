using Deterministic.Core;

namespace Deterministic.Streams.Reading;

/// <summary>Nothing but the number of bytes dropped.</summary>
internal readonly struct SkippedForm : IReadForm<long>
{
    public static bool Lends => false;

    public static long Take(in ReadOutcome outcome, Memory<byte> destination) => outcome.Count;
}
