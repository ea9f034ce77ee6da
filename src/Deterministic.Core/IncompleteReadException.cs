using System.Globalization;
using System.IO;

namespace Deterministic.Core;

/// <summary>The stream ended before a read was complete. Clauses E-INC-01, R-EXA-04, R-UNTIL-08.</summary>
/// <remarks>The partial bytes were consumed by the read; <see cref="Partial"/> is the only copy.</remarks>
public sealed class IncompleteReadException : EndOfStreamException
{
    /// <summary>An empty partial read of unknown expectation.</summary>
    public IncompleteReadException()
        : this(ReadOnlyMemory<byte>.Empty, expected: null) { }

    /// <summary>An empty partial read with a message of the caller's.</summary>
    /// <param name="message">What happened.</param>
    public IncompleteReadException(string? message)
        : base(message) { }

    /// <summary>An empty partial read with a message and a cause of the caller's.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    public IncompleteReadException(string? message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>The bytes that were received, and how many were requested.</summary>
    /// <param name="partial">The bytes read before the end of the stream. Not copied: the exception owns them from here on.</param>
    /// <param name="expected">The number of bytes requested, or null where the read waited for a separator.</param>
    public IncompleteReadException(ReadOnlyMemory<byte> partial, long? expected)
        : base(Describe(partial.Length, expected))
    {
        Partial = partial;
        Expected = expected;
    }

    /// <summary>The bytes read before the end of the stream.</summary>
    public ReadOnlyMemory<byte> Partial { get; }

    /// <summary>The number of bytes requested, or null where the read waited for a separator.</summary>
    public long? Expected { get; }

    private static string Describe(int partial, long? expected) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{partial} bytes read on a total of {expected?.ToString(CultureInfo.InvariantCulture) ?? "undefined"} expected bytes"
        );
}
