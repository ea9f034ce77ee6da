using Deterministic.Core;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Engine;
using Deterministic.Streams.Serving;

namespace Deterministic.Streams;

/// <content>What happens to each connection.</content>
public sealed partial class StreamServer
{
    private ServerState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>Whether to accept no more for now.</summary>
    private bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _connections.IsFull;
            }
        }
    }

    private bool IsOverLocked => _state == ServerState.Closed && _connections.Count == 0;

    /// <returns>How many there were.</returns>
    internal int AbortAll() => ForEachConnection(static connection => connection.Abort());

    private void OnAccepted(TransportListener listener, Transport transport)
    {
        Connection connection = Connection.Attach(transport, _options);
        Session session = new(listener, connection, _time.GetTimestamp());
        connection.LimitReached = error => Report(session, error);
        bool serving;
        bool kept;
        SessionState state;
        lock (_gate)
        {
            serving = _state == ServerState.Serving;
            kept = serving && _connections.TryAdd(session, handshake: _options.Tls is not null);
            state = session.State;
        }

        if (!kept)
        {
            connection.Abort();
            if (serving)
            {
                _failures.AcceptFailed(TurnedAway(connection));
            }

            return;
        }

        // On this stack: after it a listener that is to pause delivers no more.
        MakeRoom();
        _throttle?.Update();
        _ = ForgetWhenGoneAsync(session);
        if (_options.Tls is null)
        {
            WatchIdle(session);
        }

        if (state != SessionState.Waiting)
        {
            StartHandler(session);
        }
    }

    /// <summary>The handler may run long before its first await; neither accepting nor another connection's end waits for it.</summary>
    private void StartHandler(Session session) =>
        session.Listener.StartHandler(
            static state =>
            {
                var (server, session) = ((StreamServer, Session))state!;
                _ = server.ServeAsync(session);
            },
            (this, session)
        );

    /// <summary>The whole of one connection's service: its handshake, its handler, and what their end means for the connection.</summary>
    private async Task ServeAsync(Session session)
    {
        Connection connection = session.Connection;
        if (
            _options.Tls is { } tls
            && connection.Tls is null
            && !await IsAdmittedAsync(session, tls).ConfigureAwait(true)
        )
        {
            return;
        }

        try
        {
            // Back in the context of the program: what completes the handler's task is the program, not the driver.
            await (
                _handler(connection)
                ?? throw new InvalidOperationException("The handler returned null instead of a task.")
            ).ConfigureAwait(true);
        }
        catch (OperationCanceledException)
        {
            // Clause P-07: a cancelled handler closes its connection silently.
        }
        catch (Exception error)
        {
            // Whatever a handler throws is reported, ends its own connection only, and never the server: DEV-27.
            connection.Abort();
            Report(session, error);
        }

        connection.Writer.Close();
    }

    private void WatchIdle(Session session)
    {
        if (_options.IdleTimeout is { } timeout)
        {
            session.Connection.WatchIdle(timeout);
        }
    }

    /// <summary>Each failure of a connection is reported once: clause S-FAIL-01.</summary>
    private void Report(Session session, Exception error)
    {
        if (session.TryReport(error))
        {
            _failures.HandlerFailed(this, session.Connection, error);
        }
    }

    private ConnectionException TurnedAway(Connection connection) =>
        new(
            ConnectionErrorKind.ResourcesExhausted,
            $"A connection from {connection.RemoteEndPoint} was turned away: the server is full, and as many connections as its backlog ({_options.Backlog}) wait for a place."
        );

    private async Task ForgetWhenGoneAsync(Session session)
    {
        await session.Connection.WhenGoneAsync().ConfigureAwait(false);
        Session? next;
        lock (_gate)
        {
            next = _connections.Remove(session);
        }

        _throttle?.Update();
        CompleteIfOver();
        if (next is not null)
        {
            StartHandler(next);
        }
    }

    private void CompleteIfOver()
    {
        WaitSource? ready = null;
        lock (_gate)
        {
            if (IsOverLocked)
            {
                _closers.CompleteAllLocked(null, ref ready);
            }
        }

        Signal(ready);
    }

    /// <summary>Continues awaiters, but not on this stack, which may be a user's.</summary>
    private void Signal(WaitSource? ready)
    {
        if (ready is not null)
        {
            _listeners[0].Schedule(static state => WaitQueue.SignalAll((WaitSource?)state), ready);
        }
    }

    private async ValueTask UntilClosedAsync(ValueTask closed)
    {
        try
        {
            await closed.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Close();
            throw;
        }
    }

    private int ForEachConnection(Action<Connection> action)
    {
        Connection[] connections;
        lock (_gate)
        {
            connections = _connections.Connections;
        }

        foreach (Connection connection in connections)
        {
            action(connection);
        }

        return connections.Length;
    }
}
