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

    /// <summary>Lock held.</summary>
    private bool IsOver => _state == ServerState.Closed && _connections.Count == 0;

    /// <returns>How many there were.</returns>
    internal int AbortAll() => ForEachConnection(static connection => connection.Abort());

    private void OnAccepted(TransportListener listener, Transport transport)
    {
        Connection connection = Connection.Attach(transport, _options);
        Session session = new(listener, connection);
        bool kept;
        bool serve;
        lock (_gate)
        {
            kept = _state == ServerState.Serving && _connections.TryAdd(session);
            serve = session.State == SessionState.Served;
        }

        if (!kept)
        {
            connection.Abort();
            return;
        }

        // On this stack: after it a listener that is to pause delivers no more.
        _throttle?.Update();
        _ = ForgetWhenGoneAsync(session);
        if (serve)
        {
            StartHandler(session);
        }
    }

    /// <summary>The handler may run long before its first await; neither accepting nor another connection's end waits for it.</summary>
    private void StartHandler(Session session) =>
        session.Listener.StartHandler(
            static state =>
            {
                var (server, connection) = ((StreamServer, Connection))state!;
                _ = server.ServeAsync(connection);
            },
            (this, session.Connection)
        );

    /// <summary>The whole of one connection's service: its handler, and what its end means for the connection.</summary>
    private async Task ServeAsync(Connection connection)
    {
        if (_options.Tls is { } tls && !await ShakeHandsAsync(connection, tls).ConfigureAwait(true))
        {
            return;
        }

        try
        {
            // Back in the context of the program: what completes the handler's task is the program, not the driver.
            await _handler(connection).ConfigureAwait(true);
        }
        catch (OperationCanceledException)
        {
            // Clause P-07: a cancelled handler closes its connection silently.
        }
        catch (Exception error)
        {
            // Whatever a handler throws is reported, ends its own connection only, and never the server: DEV-27.
            connection.Abort();
            _failures.HandlerFailed(this, connection, error);
        }

        connection.Writer.Close();
    }

    private Task<bool> ShakeHandsAsync(Connection connection, TlsServerOptions tls) =>
        ServerHandshake.SucceedsAsync(connection, tls, error => _failures.HandlerFailed(this, connection, error));

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
        Waiter? ready = null;
        lock (_gate)
        {
            if (IsOver)
            {
                _closers.CompleteAll(null, ref ready);
            }
        }

        Signal(ready);
    }

    /// <summary>Continues awaiters, but not on this stack, which may be a user's.</summary>
    private void Signal(Waiter? ready)
    {
        if (ready is not null)
        {
            _listeners[0].Schedule(static state => WaiterList.SignalAll((Waiter?)state), ready);
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
