using System.Security.Authentication;
using Deterministic.Core;
using Deterministic.Simulation.Stacks;

namespace Deterministic.Simulation.Errors;

/// <summary>Exceptions that only say that a connection was lost, or took too long: what the network does to a program, and not a failure of it.</summary>
internal static class LostConnections
{
    public static bool Is(Exception error) =>
        error switch
        {
            AggregateException { InnerExceptions: { Count: > 0 } all } => all.All(Is),
            _ => IsLoss(error) && ProgramErrorIn(error) is null,
        };

    /// <summary>
    /// What code of the program threw and ended a connection with, such as a callback that checks a certificate, or a stream that a connection is made of; null if there is none. A refused
    /// handshake is none, whichever side refused it.
    /// </summary>
    public static Exception? ProgramErrorIn(Exception error)
    {
        if (!IsLoss(error))
        {
            return null;
        }

        for (Exception? cause = error.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (!IsLoss(cause) && cause is not AuthenticationException && ProgramFrames.IsThrownByProgram(cause))
            {
                return cause;
            }
        }

        return null;
    }

    private static bool IsLoss(Exception error) =>
        error is ConnectionException or IncompleteReadException or TimeoutException or OperationCanceledException;
}
