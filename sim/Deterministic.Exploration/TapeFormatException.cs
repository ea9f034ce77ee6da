using System.Globalization;

namespace Deterministic.Exploration;

/// <summary>A file isn't a tape that can be trusted: the message says in one line what is wrong, where, and what to do.</summary>
public sealed class TapeFormatException : FormatException
{
    /// <summary>A complaint without a place.</summary>
    public TapeFormatException() { }

    /// <summary>A complaint without a place.</summary>
    /// <param name="message">What is wrong.</param>
    public TapeFormatException(string message)
        : base(message) { }

    /// <summary>A complaint without a place, and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public TapeFormatException(string message, Exception innerException)
        : base(message, innerException) { }

    internal TapeFormatException(int line, string problem, string remedy)
        : base(string.Create(CultureInfo.InvariantCulture, $"line {line}: {problem}; {remedy}"))
    {
        Line = line;
    }

    /// <summary>The line of the fault, counted from 1; 0 where there is none.</summary>
    public int Line { get; }
}
