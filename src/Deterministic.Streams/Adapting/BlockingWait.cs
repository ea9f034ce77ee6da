using Deterministic.Core;

namespace Deterministic.Streams.Adapting;

/// <summary>What reads and writes that block the calling thread have in common: for code that insists on synchronous streams.</summary>
internal static class BlockingWait
{
    /// <summary>Refuses where the wait could never end.</summary>
    /// <exception cref="NotSupportedException">The connection's transport does not allow a thread to block.</exception>
    public static void ThrowIfNotAllowed(Connection connection, string instead)
    {
        if (!connection.Reader.AllowsBlockingWaits)
        {
            throw new NotSupportedException(
                "A synchronous read or write would block the thread that this connection lives on, as in a simulation, and never return: "
                    + $"use {instead}. (A transport that allows it says so with Transport.AllowsBlockingWaits.)"
            );
        }
    }

    /// <param name="milliseconds">How long it was to take, in real time.</param>
    /// <param name="what">What to name in the error.</param>
    public static ConnectionException NotInTime(int milliseconds, string what) =>
        new(ConnectionErrorKind.TimedOut, $"The {what} has not ended within {milliseconds} ms.");
}
