using System.Buffers;
using Deterministic.Core;

namespace Deterministic.Streams.Reading;

/// <summary>A new array.</summary>
internal readonly struct OwnedForm : IReadForm<byte[]>
{
    public static bool Lends => false;

    public static byte[] Take(in ReadOutcome outcome, Memory<byte> destination) => outcome.Data.ToArray();
}
