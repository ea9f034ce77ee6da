using System.IO;

namespace Deterministic.Core;

/// <summary>A connection could not be made, or was lost. Clause E-CONN-01.</summary>
/// <remarks>
/// Every driver throws this type, so that code distinguishes losses by <see cref="Kind"/> rather than by socket error codes.
/// On real sockets <see cref="Exception.InnerException"/> is the socket's own exception.
/// </remarks>
public sealed class ConnectionException : IOException
{
    /// <summary>An error of kind <see cref="ConnectionErrorKind.Other"/> with a standard message.</summary>
    public ConnectionException()
        : this(ConnectionErrorKind.Other, "The connection failed.") { }

    /// <summary>An error of kind <see cref="ConnectionErrorKind.Other"/>.</summary>
    /// <param name="message">What happened.</param>
    public ConnectionException(string message)
        : this(ConnectionErrorKind.Other, message) { }

    /// <summary>An error of kind <see cref="ConnectionErrorKind.Other"/> with its cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    public ConnectionException(string message, Exception? innerException)
        : this(ConnectionErrorKind.Other, message, innerException) { }

    /// <summary>An error of a given kind.</summary>
    /// <param name="kind">Why.</param>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public ConnectionException(ConnectionErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>Why the connection could not be made or was lost.</summary>
    public ConnectionErrorKind Kind { get; }
}
