using System.Globalization;

namespace Deterministic.Exploration;

/// <summary>A file isn't a valid tape: the message says in one line what is wrong, where, and what to do.</summary>
public sealed class TapeFormatException : FormatException
{
    /// <summary>An error without a line number.</summary>
    public TapeFormatException() { }

    /// <summary>An error without a line number.</summary>
    /// <param name="message">What is wrong.</param>
    public TapeFormatException(string message)
        : base(message) { }

    /// <summary>An error without a line number, and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public TapeFormatException(string message, Exception innerException)
        : base(message, innerException) { }

    internal TapeFormatException(int line, string problem, string remedy)
        : base(string.Create(CultureInfo.InvariantCulture, $"line {line}: {problem}; {remedy}"))
    {
        Line = line;
    }

    /// <summary>The line of the error, counted from 1; 0 if unknown.</summary>
    public int Line { get; }
}
