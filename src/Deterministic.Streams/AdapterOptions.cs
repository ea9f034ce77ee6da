using System.Net;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams;

/// <summary>How a stream or a pair of pipes becomes a connection.</summary>
/// <remarks>Of the options of a connection, those for sockets (<see cref="ConnectionOptions.NoDelay"/>, <see cref="ConnectionOptions.KeepAlive"/>, <see cref="ConnectionOptions.Linger"/>) have no use here.</remarks>
public record AdapterOptions : ConnectionOptions
{
    /// <summary>The connection owns what it is made from, has no addresses, and runs where it was made.</summary>
    public static new AdapterOptions Default { get; } = new();

    /// <summary>Whether the stream or pipe below stays open when the connection closes. False: it is closed with it. A receive under way is cancelled either way.</summary>
    public bool LeaveOpen { get; init; }

    /// <summary>What the connection gives as this side's address.</summary>
    public EndPoint? LocalEndPoint { get; init; }

    /// <summary>What the connection gives as the peer's address.</summary>
    public EndPoint? RemoteEndPoint { get; init; }

    /// <summary>The clock that its time-outs, also those of a close, run on. Null takes that of the connection below, if there is one, in a simulation the simulator's, or else the machine's.</summary>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>
    /// Runs a callback soon, and not on the caller's stack: the connection continues there when an operation has ended. Null takes the simulator's context in a simulation (<see cref="ISimulationContext"/>),
    /// because nothing may run elsewhere there, and otherwise the thread pool; results then arrive on whatever thread the stream or pipe brings them on. No other synchronization context is taken:
    /// its thread may block for a result.
    /// </summary>
    public Action<Action<object?>, object?>? Scheduler { get; init; }
}
