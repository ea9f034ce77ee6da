using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Scheduling;
using Deterministic.Simulation.Transports;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Unix;

/// <summary>One attempt to connect to a Unix socket of the same host. Clauses C-UNIX-01, C-UNIX-06.</summary>
/// <remarks>A kernel turns away at once who finds the backlog full; as the socket driver does, it is asked again for as long as TCP would.</remarks>
internal sealed class UnixConnectAttempt : ConnectAttempt
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(127);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    private readonly WorldContext _world;
    private readonly UnixSockets _sockets;
    private readonly UnixDomainSocketEndPoint _remote;
    private readonly ClientOptions _options;
    private readonly SimulationTimer _retry;
    private TimeSpan _waited;
    private TimeSpan _pause = FirstPause;

    private UnixConnectAttempt(
        WorldContext world,
        UnixSockets sockets,
        UnixDomainSocketEndPoint remote,
        ClientOptions options
    )
        : base(sockets.Host.ScopeHere, asked: null)
    {
        _options = options;
        _world = world;
        _sockets = sockets;
        _remote = remote;
        _retry = world.Scheduler.CreateTimer(
            sockets.Host.Name,
            static state => ((UnixConnectAttempt)state!).Retry(),
            this
        );
    }

    /// <exception cref="ArgumentException">The options ask for what a Unix socket has not.</exception>
    /// <exception cref="ConnectionException">No server listens there.</exception>
    public static ValueTask<Transport> RunAsync(
        WorldContext world,
        UnixSockets sockets,
        UnixDomainSocketEndPoint remote,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        UnixSockets.ThrowIfUnfit(remote, options.AddressFamily);
        if (options.LocalEndPoint is { } local)
        {
            throw new ArgumentException(
                $"A connection to a Unix socket ({remote}) comes from no local address: leave ClientOptions.LocalEndPoint ({local}) out.",
                nameof(options)
            );
        }

        world.Trace.Record(world.Scheduler.Now, sockets.Host.Name, 0, TraceKind.Connecting, text: remote.ToString());
        UnixConnectAttempt attempt = new(world, sockets, remote, options);
        return attempt.TryConnect() is { } transport
            ? ValueTask.FromResult<Transport>(transport)
            : attempt.WaitForRoomAsync(cancellationToken);
    }

    protected override void Abandon() => _retry.Cancel();

    /// <returns>Null if the backlog is full.</returns>
    private UnixTransport? TryConnect()
    {
        Scope.ThrowIfGone();
        UnixListener listener = _sockets.Find(_remote) is { IsListening: true } found
            ? found
            : throw Failed(
                ConnectionErrorKind.Refused,
                _sockets.Find(_remote) is null && !_sockets.HasFile(_remote)
                    ? "no such file, so nobody listens there"
                    : "Connection refused"
            );
        if (listener.IsFull)
        {
            return null;
        }

        (UnixEndpoint client, UnixEndpoint server) = UnixEndpoint.Pair(_world, _sockets, _remote);
        UnixTransport transport = new(_world, client, Scope, _options);
        client.Record(TraceKind.Connected, _remote.ToString());
        listener.Deliver(server);
        return transport;
    }

    private ValueTask<Transport> WaitForRoomAsync(CancellationToken cancellationToken)
    {
        _retry.ArmAfter(_pause);
        return WaitAsync(cancellationToken);
    }

    private void Retry()
    {
        if (Scope.Enters(static state => ((UnixConnectAttempt)state!).RetryNow(), this))
        {
            RetryNow();
        }
    }

    private void RetryNow()
    {
        if (Answer.Task.IsCompleted)
        {
            return;
        }

        _waited += _pause;
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        try
        {
            if (TryConnect() is { } transport)
            {
                Answer.SetResult(transport);
            }
            else if (_waited < Patience)
            {
                _retry.ArmAfter(_pause);
            }
            else
            {
                throw Failed(
                    ConnectionErrorKind.TimedOut,
                    $"its backlog was full for {Patience.TotalSeconds} s: the server does not accept"
                );
            }
        }
        catch (ConnectionException error)
        {
            _world.Trace.Record(
                _world.Scheduler.Now,
                _sockets.Host.Name,
                0,
                TraceKind.ConnectFailed,
                text: error.Message
            );
            Answer.SetException(error);
        }
    }

    private ConnectionException Failed(ConnectionErrorKind kind, string why) =>
        new(kind, $"Connect call failed ({_remote}): {why}");
}
