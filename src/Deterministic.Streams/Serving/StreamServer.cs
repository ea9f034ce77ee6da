using System.Net;
using Deterministic.Core;

namespace Deterministic.Streams;

/// <summary>A server: what listens, and the connections that it accepted. Safe to use from any thread. Clauses S-CLOSE-01, S-WAIT-01, S-CLIENTS-01.</summary>
public sealed class StreamServer : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly IReadOnlyList<TransportListener> _listeners;
    private readonly Func<Connection, Task> _handler;
    private readonly ServerOptions _options;

    /// <summary>By number, so that what is done to all of them is done in the order in which they came, in every world.</summary>
    private readonly SortedDictionary<long, Connection> _connections = [];
    private readonly WaiterList _closers;
    private ServerState _state;
    private long _accepted;

    internal StreamServer(
        IReadOnlyList<TransportListener> listeners,
        Func<Connection, Task> handler,
        ServerOptions options
    )
    {
        _listeners = listeners;
        _handler = handler;
        _options = options;
        _closers = new WaiterList(_gate, listeners[0].Schedule);
    }

    /// <summary>The bound addresses, each with the port that was chosen. They stay known after the close.</summary>
    public IReadOnlyList<EndPoint> EndPoints => [.. _listeners.Select(listener => listener.LocalEndPoint)];

    /// <summary>Whether it accepts connections. Clause S-MISC-01.</summary>
    public bool IsServing
    {
        get
        {
            lock (_gate)
            {
                return _state == ServerState.Serving;
            }
        }
    }

    /// <summary>How many accepted connections are not yet gone.</summary>
    public int ConnectionCount
    {
        get
        {
            lock (_gate)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>Begins to accept. Idempotent. Clause S-START-01.</summary>
    /// <exception cref="InvalidOperationException">The server was closed.</exception>
    public void StartServing()
    {
        lock (_gate)
        {
            if (_state == ServerState.Closed)
            {
                throw new InvalidOperationException("The server is closed: start a new one.");
            }

            if (_state == ServerState.Serving)
            {
                return;
            }

            _state = ServerState.Serving;
        }

        try
        {
            foreach (TransportListener listener in _listeners)
            {
                listener.Start(transport => OnAccepted(listener, transport), ReportError);
            }
        }
        catch
        {
            // All or nothing: a server that listens on half of its addresses is none.
            Close();
            throw;
        }
    }

    /// <summary>Stops listening and lets the addresses go. Open connections go on. Idempotent. Clause S-CLOSE-01.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _state = ServerState.Closed;
        }

        foreach (TransportListener listener in _listeners)
        {
            listener.Close();
        }

        CompleteIfOver();
    }

    /// <summary>Closes every open connection in order: what is queued is still sent. Accepting goes on. Clause S-CLIENTS-01.</summary>
    public void CloseClients() => ForEachConnection(static connection => connection.Writer.Close());

    /// <summary>Aborts every open connection: what is queued is dropped. Accepting goes on. Clause S-CLIENTS-01.</summary>
    public void AbortClients() => ForEachConnection(static connection => connection.Abort());

    /// <summary>Waits until the server is closed and no connection is left, in either order; closes nothing itself. Clause S-WAIT-01.</summary>
    /// <param name="cancellationToken">Ends this wait; other waits go on.</param>
    public ValueTask WaitClosedAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        lock (_gate)
        {
            return IsOver ? default : _closers.AddAsync(cancellationToken);
        }
    }

    /// <summary>Stops listening and aborts every open connection, so that it never hangs on a client. To let clients finish, call
    /// <see cref="Close"/> and await <see cref="WaitClosedAsync"/> first, with a time-out of your choice.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        AbortClients();
        await WaitClosedAsync().ConfigureAwait(false);
    }

    /// <summary>Lock held.</summary>
    private bool IsOver => _state == ServerState.Closed && _connections.Count == 0;

    private void OnAccepted(TransportListener listener, Transport transport)
    {
        Connection connection = Connection.Attach(transport, _options);
        bool serve;
        long number;
        lock (_gate)
        {
            serve = _state == ServerState.Serving;
            number = ++_accepted;
            if (serve)
            {
                _connections.Add(number, connection);
            }
        }

        if (!serve)
        {
            connection.Abort();
            return;
        }

        _ = ForgetWhenGoneAsync(number, connection);
        // The handler may run long before its first await; accepting must not wait for it.
        listener.StartHandler(static state => ((Session)state!).Start(), new Session(this, connection));
    }

    private async Task ServeAsync(Connection connection)
    {
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
            ReportError(error);
        }

        connection.Writer.Close();
    }

    private async Task ForgetWhenGoneAsync(long number, Connection connection)
    {
        await connection.WhenGoneAsync().ConfigureAwait(false);
        lock (_gate)
        {
            _connections.Remove(number);
        }

        CompleteIfOver();
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

        if (ready is not null)
        {
            _listeners[0].Schedule(static state => WaiterList.SignalAll((Waiter?)state), ready);
        }
    }

    private void ForEachConnection(Action<Connection> action)
    {
        Connection[] connections;
        lock (_gate)
        {
            connections = [.. _connections.Values];
        }

        foreach (Connection connection in connections)
        {
            action(connection);
        }
    }

    private void ReportError(Exception error) => _options.OnError?.Invoke(error);

    /// <summary>One handler to run.</summary>
    private sealed class Session(StreamServer server, Connection connection)
    {
        public void Start() => _ = server.ServeAsync(connection);
    }
}
