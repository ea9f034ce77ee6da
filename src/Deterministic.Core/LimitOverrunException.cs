using System.IO;

namespace Deterministic.Core;

/// <summary>
/// A line or message is longer than the reader's limit. Nothing was consumed: clauses E-LIM-01, R-UNTIL-04, R-UNTIL-05, R-UNTIL-06, R-LINE-04.
/// </summary>
/// <remarks>
/// To continue, read <see cref="Consumed"/> bytes and handle the message in parts, skip to the next separator, or abort the connection.
/// </remarks>
public sealed class LimitOverrunException : IOException
{
    /// <summary>An overrun with a standard message.</summary>
    public LimitOverrunException()
        : this("The separator was not found within the limit.", 0) { }

    /// <summary>An overrun with a message.</summary>
    /// <param name="message">What happened.</param>
    public LimitOverrunException(string message)
        : this(message, 0) { }

    /// <summary>An overrun with a message and a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    public LimitOverrunException(string message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>An overrun, with the number of bytes that are safe to read off.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="consumed">The number of buffered bytes that hold no separator.</param>
    public LimitOverrunException(string message, long consumed)
        : base(message) => Consumed = consumed;

    /// <summary>The number of buffered bytes, counted from the front, that can be read off without cutting the separator; of several separators they hold none that is complete.</summary>
    public long Consumed { get; }
}
