namespace Deterministic.Streams;

/// <summary>
/// The connections of a server, and which of them have a handler. Not thread-safe: its owner serialises calls.
/// </summary>
/// <remarks>
/// Listeners stop at the bound, but one that was accepting just then can still deliver. What comes in over the bound waits here for its handler,
/// so that no more than the bound are ever served at once, whatever the driver does.
/// </remarks>
/// <param name="most">How many are served at once; null for no bound.</param>
/// <param name="mostWaiting">How many may wait for a place.</param>
internal sealed class ConnectionTable(int? most, int mostWaiting)
{
    /// <summary>By number, so that what is done to all of them is done in the order in which they came, in every world.</summary>
    private readonly SortedDictionary<long, Session> _sessions = [];
    private readonly SortedDictionary<long, Session> _waiting = [];
    private long _accepted;

    /// <summary>Connections that are not yet gone.</summary>
    public int Count => _sessions.Count;

    /// <summary>Whether no more should come in.</summary>
    public bool IsFull => Count >= most;

    /// <summary>All of them, in the order in which they came.</summary>
    public Connection[] Connections => [.. _sessions.Values.Select(session => session.Connection)];

    /// <summary>Takes a connection in.</summary>
    /// <returns>False if even the places to wait are taken: it is not to be kept. Otherwise see <see cref="Session.State"/>.</returns>
    public bool TryAdd(Session session)
    {
        bool serve = most is not { } bound || _sessions.Count - _waiting.Count < bound;
        if (!serve && _waiting.Count >= mostWaiting)
        {
            return false;
        }

        session.Number = ++_accepted;
        _sessions.Add(session.Number, session);
        if (serve)
        {
            session.State = SessionState.Served;
        }
        else
        {
            _waiting.Add(session.Number, session);
        }

        return true;
    }

    /// <summary>A connection is gone.</summary>
    /// <returns>The one that gets its place, or null.</returns>
    public Session? Remove(Session session)
    {
        _sessions.Remove(session.Number);
        if (_waiting.Remove(session.Number) || _waiting.Count == 0)
        {
            return null;
        }

        Session next = _waiting.First().Value;
        _waiting.Remove(next.Number);
        next.State = SessionState.Served;
        return next;
    }

    /// <summary>Nobody waits for a place any longer.</summary>
    /// <returns>Those that did.</returns>
    public Connection[] DropWaiting()
    {
        Connection[] dropped = [.. _waiting.Values.Select(session => session.Connection)];
        _waiting.Clear();
        return dropped;
    }
}
