using System.Globalization;
using Deterministic.Core;

namespace Deterministic.Streams.Racing;

/// <summary>The error when none of several addresses could be connected to. Clauses C-OPEN-07, C-OPEN-12.</summary>
internal static class ConnectFailures
{
    /// <summary>How drivers begin the message of a failed attempt; the address and the reason follow.</summary>
    private const string Failed = "Connect call failed (";

    /// <summary>One error as it is; the first of several with the same text; else one that names them all.</summary>
    /// <param name="errors">One for each address; at least one.</param>
    public static ConnectionException Sum(IReadOnlyList<ConnectionException> errors)
    {
        ConnectionException first = errors[0];
        return errors.All(error => string.Equals(error.Message, first.Message, StringComparison.Ordinal))
            ? first
            : new ConnectionException(
                errors.All(error => error.Kind == first.Kind) ? first.Kind : ConnectionErrorKind.Other,
                $"Multiple exceptions: {string.Join(", ", errors.Select(error => error.Message))}",
                new AggregateException(errors)
            );
    }

    /// <summary>An address that has not answered within its share of the time.</summary>
    public static ConnectionException NoAnswer(object address, TimeSpan after) =>
        new(ConnectionErrorKind.TimedOut, $"{Failed}{address}): {NoAnswer(after)}");

    public static string NoAnswer(TimeSpan after) =>
        string.Create(CultureInfo.InvariantCulture, $"no answer after {after.TotalSeconds:0.###} s");

    /// <summary>Why an attempt failed, without the address if the message begins with that.</summary>
    public static string ReasonOf(ConnectionException error)
    {
        const string End = "): ";
        int end = error.Message.StartsWith(Failed, StringComparison.Ordinal)
            ? error.Message.IndexOf(End, StringComparison.Ordinal)
            : -1;
        return (end < 0 ? error.Message : error.Message[(end + End.Length)..]).TrimEnd('.');
    }
}
