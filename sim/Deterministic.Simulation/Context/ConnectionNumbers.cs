namespace Deterministic.Simulation.Context;

/// <summary>The connections of a world by their numbers, and what has become of them.</summary>
internal sealed class ConnectionNumbers
{
    private readonly HashSet<long> _blackholed = [];
    private readonly HashSet<long> _endedByFault = [];
    private long _last;

    /// <summary>The number of a new connection, from 1.</summary>
    public long Next() => ++_last;

    /// <summary>From now on nothing of that connection gets through, in either direction.</summary>
    public void Blackhole(long connection) => _blackholed.Add(connection);

    /// <summary>Whether nothing of that connection gets through.</summary>
    public bool IsBlackholed(long connection) => _blackholed.Count > 0 && _blackholed.Contains(connection);

    /// <summary>A fault, or the crash of a host, has ended that connection.</summary>
    public void EndedByFault(long connection) => _endedByFault.Add(connection);

    public bool IsEndedByFault(long connection) => _endedByFault.Contains(connection);
}
