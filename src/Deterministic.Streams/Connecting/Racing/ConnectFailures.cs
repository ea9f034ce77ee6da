using Deterministic.Core;

namespace Deterministic.Streams;

/// <summary>What to throw when no address of several could be connected to. Clause C-OPEN-07.</summary>
internal static class ConnectFailures
{
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
}
