using Deterministic.Core;

namespace Deterministic.Streams.Reading;

/// <summary>In what form a read hands out its bytes.</summary>
internal interface IReadForm<TResult>
{
    /// <summary>Whether the result points into the reader's own memory, which must then be kept until the next read.</summary>
    static abstract bool Lends { get; }

    static abstract TResult Take(in ReadOutcome outcome, Memory<byte> destination);
}
