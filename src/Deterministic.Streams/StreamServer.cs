using System.Globalization;
using System.Net;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Engine;
using Deterministic.Streams.Serving;

namespace Deterministic.Streams;

/// <summary>A server: what listens, and the connections that it accepted. Safe to use from any thread. Clauses S-CLOSE-01, S-WAIT-01, S-CLIENTS-01.</summary>
public sealed partial class StreamServer : IAsyncDisposable, IWaitOwner
{
    /// <summary>Never held while a listener, a handler or a connection is called.</summary>
    private readonly object _gate = new();
    private readonly TransportListener[] _listeners;
    private readonly Func<Connection, Task> _handler;
    private readonly ServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ConnectionTable _connections;
    private readonly AcceptThrottle? _throttle;
    private readonly FailureReporter _failures;
    private readonly WaitQueue _closers;

    /// <summary>The wait of ServeForeverAsync: one at most.</summary>
    private readonly WaitQueue _foreverServer;
    private ServerState _state;

    private StreamServer(
        TransportListener[] listeners,
        Func<Connection, Task> handler,
        TimeProvider time,
        ServerOptions options
    )
    {
        _listeners = listeners;
        _handler = handler;
        _options = options;
        _time = time;
        int? mostHandshakes = options.Tls is null ? null : options.MaxHandshakes;
        _connections = new ConnectionTable(options.MaxConnections, mostHandshakes, options.Backlog);
        _throttle =
            options.MaxConnections is null && mostHandshakes is null
                ? null
                : new AcceptThrottle(listeners, () => IsFull);
        _failures = new FailureReporter(options.OnError, listeners[0].ProgramFailed);
        _closers = new WaitQueue(_gate, listeners[0].Schedule, WaitReason.ServerClosed, this);
        _foreverServer = new WaitQueue(_gate, listeners[0].Schedule, WaitReason.ServeForever, this);
    }

    /// <summary>
    /// Raised when a handler threw anything but a cancellation, a TLS handshake failed, or a time-out ended a connection, after <see cref="ServerOptions.OnError"/> and after its connection was aborted, on the thread that failed.
    /// A listener that throws has no effect on the others. To be sure of the first connection, set <see cref="ServerOptions.StartServing"/> to false, add the listener, and call <see cref="StartServing"/>. Clause P-06.
    /// </summary>
    public event EventHandler<ConnectionFailedEventArgs>? ConnectionFailed
    {
        add => _failures.ConnectionFailed += value;
        remove => _failures.ConnectionFailed -= value;
    }

    /// <summary>What listens, one for each bound address; empty after the close, as asyncio's <c>sockets</c>. They are the server's: look at them only. Clause S-SOCK-01.</summary>
    public IReadOnlyList<TransportListener> Listeners => State == ServerState.Closed ? [] : [.. _listeners];

    /// <summary>The bound addresses, each with the port that was chosen. They stay known after the close. Clause S-SOCK-01.</summary>
    public IReadOnlyList<EndPoint> EndPoints => [.. _listeners.Select(listener => listener.LocalEndPoint)];

    /// <summary>Whether it accepts connections. Clause S-MISC-01.</summary>
    public bool IsServing => State == ServerState.Serving;

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

    /// <summary>How often a handler threw, a TLS handshake failed, a time-out ended a connection, accepting failed, or a listener of these failures threw itself: whether or not anybody listened. Clauses P-06, S-FAIL-01.</summary>
    public long FailureCount => _failures.Count;

    /// <summary>The last of the exceptions that <see cref="FailureCount"/> counts, or null.</summary>
    public Exception? LastFailure => _failures.Last;

    /// <summary>Makes a server of what a driver bound, and serves at once unless <see cref="ServerOptions.StartServing"/> is false. For authors of drivers; programs call <c>StartServerAsync</c>.</summary>
    /// <param name="listeners">At least one, not started; the server's from here on.</param>
    /// <param name="handler">Runs once for each connection; the connection is closed in order when it returns or is cancelled, and aborted if it throws anything else.</param>
    /// <param name="timeProvider">The time of the place where it serves.</param>
    /// <param name="options">The options that the listeners were bound with; the defaults if null.</param>
    /// <exception cref="ArgumentException">There is no listener.</exception>
    /// <exception cref="Core.ConnectionException">An address could not be listened on; all of them are released.</exception>
    public static StreamServer Create(
        IReadOnlyList<TransportListener> listeners,
        Func<Connection, Task> handler,
        TimeProvider timeProvider,
        ServerOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(listeners);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (listeners.Count == 0)
        {
            throw new ArgumentException("A server needs at least one listener, and got none.", nameof(listeners));
        }

        options ??= ServerOptions.Default;
        StreamServer server = new([.. listeners], handler, timeProvider, options);
        if (options.StartServing)
        {
            server.StartServing();
        }

        return server;
    }

    /// <summary>Begins to accept. Idempotent. Clause S-START-01.</summary>
    /// <exception cref="InvalidOperationException">The server was closed.</exception>
    /// <exception cref="Core.ConnectionException">An address could not be listened on; the server is closed.</exception>
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
                listener.Start(transport => OnAccepted(listener, transport), _failures.AcceptFailed);
            }
        }
        catch
        {
            // All or nothing: a server that listens on half of its addresses is none.
            Close();
            throw;
        }
    }

    /// <summary>
    /// Serves until the server is closed: begins to if it does not yet, and ends normally once it stopped listening. Cancelling closes the server. Either way clients are not waited for:
    /// that is <see cref="WaitClosedAsync"/> or <see cref="CloseAsync"/>. Clauses S-FOREVER-01, S-FOREVER-02.
    /// </summary>
    /// <param name="cancellationToken">Closes the server; open connections continue. So does one that was cancelled before.</param>
    /// <exception cref="InvalidOperationException">The server is closed, or another call serves for ever already, which continues.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled, and the server is closed.</exception>
    public ValueTask ServeForeverAsync(CancellationToken cancellationToken = default)
    {
        StartServing();
        ValueTask closed;
        lock (_gate)
        {
            if (!_foreverServer.IsEmptyLocked)
            {
                throw new InvalidOperationException(
                    "This server is being served for ever already: call ServeForeverAsync once at a time, and await WaitClosedAsync elsewhere."
                );
            }

            // Closed since the start above: there is nothing left to wait for.
            closed = _state == ServerState.Closed ? default : _foreverServer.AddLockedAsync(cancellationToken);
        }

        return UntilClosedAsync(closed);
    }

    /// <summary>Stops listening and releases the addresses. Open connections continue; those that have no handler yet are reset. Idempotent. Clause S-CLOSE-01.</summary>
    public void Close()
    {
        Connection[] dropped;
        WaitSource? ready = null;
        lock (_gate)
        {
            _state = ServerState.Closed;
            dropped = _connections.DropWaiting();
            _foreverServer.CompleteAllLocked(null, ref ready);
        }

        foreach (TransportListener listener in _listeners)
        {
            listener.Close();
        }

        foreach (Connection connection in dropped)
        {
            connection.Abort();
        }

        StopMakingRoom();
        Signal(ready);
        CompleteIfOver();
    }

    /// <summary>Stops listening, lets the connections finish, and aborts those that have not when the deadline passes. Can be called again, for example with an earlier deadline. Clause S-CLOSE-02.</summary>
    /// <param name="deadline">How long they have, in the network's time: zero or more, or <see cref="Timeout.InfiniteTimeSpan"/>. They are not notified: a handler that would read for ever checks <see cref="IsServing"/>.</param>
    /// <param name="cancellationToken">Ends the wait; the server stays closed, and the open connections continue.</param>
    /// <returns>How many connections were left at the deadline, and aborted; 0 if all had finished.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="deadline"/> is negative, or more than 49 days.</exception>
    public ValueTask<int> CloseAsync(TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        ServerDrain.ThrowIfNoDeadline(deadline);
        Close();
        return ServerDrain.RunAsync(WaitClosedAsync, AbortAll, deadline, _time, cancellationToken);
    }

    /// <summary>Closes every open connection in order: what is queued is still sent. Accepting continues. Clause S-CLIENTS-01.</summary>
    public void CloseClients() => ForEachConnection(static connection => connection.Writer.Close());

    /// <summary>Aborts every open connection: what is queued is dropped. Accepting continues. Clause S-CLIENTS-01.</summary>
    public void AbortClients() => AbortAll();

    /// <summary>Waits until the server is closed and no connection is left, in either order; closes nothing itself. Clause S-WAIT-01.</summary>
    /// <param name="cancellationToken">Ends this wait; other waits continue.</param>
    public ValueTask WaitClosedAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        lock (_gate)
        {
            return IsOverLocked ? default : _closers.AddLockedAsync(cancellationToken);
        }
    }

    /// <summary>Stops listening and aborts every open connection, so that it never hangs on a client. To let clients finish, await <see cref="CloseAsync"/> first. Clause S-CTX-01.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        AbortClients();
        await WaitClosedAsync().ConfigureAwait(false);
    }

    string IWaitOwner.Describe(WaitReason reason)
    {
        string addresses = string.Join(", ", EndPoints);
        return reason == WaitReason.ServerClosed
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"the end of the server at {addresses} and of its {ConnectionCount} connections (StreamServer.WaitClosedAsync)"
            )
            : $"the close of the server at {addresses} (ServeForeverAsync)";
    }
}
