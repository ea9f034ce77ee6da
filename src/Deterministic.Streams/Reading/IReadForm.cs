using Deterministic.Core;

namespace Deterministic.Streams.Reading;

/// <summary>
/// In what form a read hands out its bytes.
/// <para>This folder is the forms of a read (one struct each, so that the engine is compiled for each without a virtual call), <see cref="ReadState"/> and <see cref="ReadErrors"/>.</para>
/// </summary>
internal interface IReadForm<TResult>
{
    /// <summary>Whether the result points into the reader's own memory, which must then be kept until the next read.</summary>
    static abstract bool Lends { get; }

    static abstract TResult Take(in ReadOutcome outcome, Memory<byte> destination);
}
