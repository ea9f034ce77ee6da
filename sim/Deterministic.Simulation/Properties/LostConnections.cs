using Deterministic.Core;

namespace Deterministic.Simulation;

/// <summary>Exceptions that say no more than that a connection was lost, or took too long: what the network does to a program, and not a failure of it.</summary>
internal static class LostConnections
{
    public static bool Is(Exception error) =>
        error switch
        {
            ConnectionException or IncompleteReadException or TimeoutException or OperationCanceledException => true,
            AggregateException { InnerExceptions: { Count: > 0 } all } => all.All(Is),
            _ => false,
        };
}
