namespace Deterministic.Streams.Serving;

/// <summary>
/// The connections of a server: which of them make their handshake, wait for a place, and have a handler. Not thread-safe: its owner serialises calls.
/// </summary>
/// <remarks>
/// Listeners stop at the bounds, but one that was accepting just then can still deliver, and handshakes end when they like. What comes in over the bound waits here for its handler,
/// so that no more than the bound are ever served at once, whatever the driver does.
/// </remarks>
/// <param name="most">How many are served at once; null for no bound.</param>
/// <param name="mostHandshakes">How many handshakes are under way at once; null for no bound.</param>
/// <param name="mostWaiting">How many a driver that does not stop may deliver over each bound.</param>
internal sealed class ConnectionTable(int? most, int? mostHandshakes, int mostWaiting)
{
    /// <summary>By number, so that what is done to all of them is done in the order in which they came, in every world.</summary>
    private readonly SortedDictionary<long, Session> _sessions = [];
    private readonly SortedDictionary<long, Session> _waiting = [];
    private readonly SortedDictionary<long, Session> _handshaking = [];
    private long _accepted;
    private int _served;

    /// <summary>Connections that are not yet gone.</summary>
    public int Count => _sessions.Count;

    /// <summary>Whether no more should come in.</summary>
    public bool IsFull => _served + _waiting.Count >= most || AreHandshakesFull;

    /// <summary>Whether no more handshakes should begin.</summary>
    public bool AreHandshakesFull => _handshaking.Count >= mostHandshakes;

    /// <summary>All of them, in the order in which they came.</summary>
    public Connection[] Connections => [.. _sessions.Values.Select(session => session.Connection)];

    /// <summary>The handshake that is under way for the longest; null if none is.</summary>
    public Session? OldestHandshake => _handshaking.Count == 0 ? null : _handshaking.First().Value;

    /// <summary>Takes a connection in.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="handshake">Whether it makes a handshake before it is served.</param>
    /// <returns>False if even the places to wait are taken: it is not to be kept. Otherwise see <see cref="Session.State"/>.</returns>
    public bool TryAdd(Session session, bool handshake)
    {
        bool fits = handshake
            ? mostHandshakes is not { } bound || _handshaking.Count < bound + (long)mostWaiting
            : HasPlace || _waiting.Count < mostWaiting;
        if (!fits)
        {
            return false;
        }

        session.Number = ++_accepted;
        _sessions.Add(session.Number, session);
        if (handshake)
        {
            session.State = SessionState.Handshaking;
            _handshaking.Add(session.Number, session);
        }
        else
        {
            Place(session);
        }

        return true;
    }

    /// <summary>A handshake is done. Nothing happens if it was given up meanwhile. Otherwise see <see cref="Session.State"/>: it is served, or waits for a place.</summary>
    public void EndHandshake(Session session)
    {
        if (_handshaking.Remove(session.Number))
        {
            Place(session);
        }
        else if (session.State == SessionState.Handshaking)
        {
            // Gone already, and what it sent before is still to be handled: it needs no place for that.
            session.State = SessionState.Served;
        }
    }

    /// <summary>A connection is not to be served: its handshake has failed, or is given up.</summary>
    public void Refuse(Session session)
    {
        _handshaking.Remove(session.Number);
        _waiting.Remove(session.Number);
        session.State = SessionState.Refused;
    }

    /// <summary>A connection is gone.</summary>
    /// <returns>The one that gets its place, or null.</returns>
    public Session? Remove(Session session)
    {
        _sessions.Remove(session.Number);
        _handshaking.Remove(session.Number);
        _waiting.Remove(session.Number);
        if (session.State != SessionState.Served)
        {
            return null;
        }

        _served--;
        if (_waiting.Count == 0)
        {
            return null;
        }

        Session next = _waiting.First().Value;
        _waiting.Remove(next.Number);
        Serve(next);
        return next;
    }

    /// <summary>No accept waits for a place any longer.</summary>
    /// <returns>Those that did.</returns>
    public Connection[] DropWaiting()
    {
        Session[] dropped = [.. _waiting.Values];
        foreach (Session session in dropped)
        {
            Refuse(session);
        }

        return [.. dropped.Select(session => session.Connection)];
    }

    private bool HasPlace => most is not { } bound || _served < bound;

    private void Place(Session session)
    {
        if (HasPlace)
        {
            Serve(session);
        }
        else
        {
            session.State = SessionState.Waiting;
            _waiting.Add(session.Number, session);
        }
    }

    private void Serve(Session session)
    {
        session.State = SessionState.Served;
        _served++;
    }
}
