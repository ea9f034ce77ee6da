using System.Net;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Faults.Decorating;

/// <summary>
/// Which connections of decorated networks a fault has ended, by their two addresses: nothing else identifies the endpoint that was not struck. Safe to use from any thread.
/// </summary>
internal sealed class EndedConnections
{
    /// <summary>The oldest are forgotten: a program that runs for days must not gather them.</summary>
    private const int MaxKept = 10_000;

    private readonly Lock _gate = new();
    private readonly HashSet<(EndPoint, EndPoint)> _ended = [];
    private readonly Queue<(EndPoint, EndPoint)> _oldest = new();

    public void Add(Transport end)
    {
        if (PairOf(end) is { } pair)
        {
            lock (_gate)
            {
                if (_ended.Add(pair))
                {
                    _oldest.Enqueue(pair);
                    if (_oldest.Count > MaxKept)
                    {
                        _ended.Remove(_oldest.Dequeue());
                    }
                }
            }
        }
    }

    /// <summary>A new connection may have the addresses of an old one.</summary>
    public void Forget(Transport end)
    {
        if (PairOf(end) is { } pair)
        {
            lock (_gate)
            {
                _ended.Remove(pair);
            }
        }
    }

    public bool Contains(Transport end)
    {
        if (PairOf(end) is not { } pair)
        {
            return false;
        }

        lock (_gate)
        {
            return _ended.Contains(pair);
        }
    }

    /// <summary>The same for both ends.</summary>
    private static (EndPoint, EndPoint)? PairOf(Transport end)
    {
        if (end is not { LocalEndPoint: IPEndPoint local, RemoteEndPoint: IPEndPoint remote })
        {
            return null;
        }

        IPEndPoint one = local.Unmapped();
        IPEndPoint other = remote.Unmapped();
        return string.CompareOrdinal(one.ToString(), other.ToString()) < 0 ? (one, other) : (other, one);
    }
}
