using System.Diagnostics;
using Deterministic.Core;
using Deterministic.Soak.Planning;
using Deterministic.Soak.Playing;
using Deterministic.Sockets;
using Deterministic.Streams;

namespace Deterministic.Soak.Running;

/// <summary>A server, and clients that keep so many connections open at once for so long; then everything is over again.</summary>
internal sealed class Round
{
    private readonly SoakOptions _options;
    private readonly TimeSpan _duration;
    private readonly Ledger _ledger;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TaskCompletionSource _allAreThere = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastNumber;
    private StreamServer? _server;
    private int _there;
    private int _peak;

    private Round(SoakOptions options, TimeSpan duration, Ledger ledger)
    {
        _options = options;
        _duration = duration;
        _ledger = ledger;
    }

    /// <summary>Runs it. Never throws for what goes wrong on connections: that is in the ledger.</summary>
    /// <returns>The most connections that the server had at once.</returns>
    public static Task<int> RunAsync(
        SoakOptions options,
        TimeSpan duration,
        Ledger ledger,
        CancellationToken interrupt
    ) => new Round(options, duration, ledger).RunAsync(interrupt);

    private async Task<int> RunAsync(CancellationToken interrupt)
    {
        using CancellationTokenSource guard = CancellationTokenSource.CreateLinkedTokenSource(interrupt);
        guard.CancelAfter(_duration + _options.Grace);
        using Road road = Road.Open(_options.Road);
        INetwork network = SocketNetwork.Default;
        ServerOptions options = new()
        {
            // They all come at once.
            Backlog = _options.Connections,
            OnError = error => OnError(error, road),
        };
        await using StreamServer server = await network.StartServerAsync(
            new ServerEnd(_ledger, OnGreeted, guard.Token).HandleAsync,
            road.Address,
            road.Secure(options),
            interrupt
        );
        Volatile.Write(ref _server, server);
        ClientEnd client = new(
            (how, cancellation) => network.OpenConnectionAsync(server.EndPoints[0], road.Secure(how), cancellation),
            _ledger,
            guard.Token
        );

        await Task.WhenAll(Enumerable.Range(0, _options.Connections).Select(_ => WorkAsync(client, guard.Token)));
        await EndAsync(server, guard.Token);
        return _peak;
    }

    private void OnError(Exception error, Road road)
    {
        if (road.ShakesHands && error is ConnectionException)
        {
            // The client cancelled its connect in the middle of the handshake; the clients' endpoints report all others.
            _ledger.Count(SoakEvent.Stillborn);
            return;
        }

        _ledger.Report($"The server reported {error.GetType().Name} ({error.Message}).");
    }

    /// <summary>None of the first connections goes on before all of them are there: that is the moment to count them.</summary>
    private void OnGreeted()
    {
        if (Interlocked.Increment(ref _there) == _options.Connections)
        {
            _peak = Volatile.Read(ref _server)!.ConnectionCount;
            _allAreThere.SetResult();
        }
    }

    private async Task WorkAsync(ClientEnd client, CancellationToken guard)
    {
        await Task.Yield();
        long number = Interlocked.Increment(ref _lastNumber);
        SessionPlan first = Planner.Draw(_options.Seed, number) with { CancelConnectAfter = null };
        await client.PlayAsync(new Session(number, first, _allAreThere.Task));
        while (_clock.Elapsed < _duration && !guard.IsCancellationRequested)
        {
            number = Interlocked.Increment(ref _lastNumber);
            await client.PlayAsync(new Session(number, Planner.Draw(_options.Seed, number), Task.CompletedTask));
        }
    }

    private async Task EndAsync(StreamServer server, CancellationToken guard)
    {
        server.Close();
        try
        {
            await server.WaitClosedAsync(guard);
            while (_ledger[SoakEvent.HandlerEnded] < _ledger[SoakEvent.HandlerBegun])
            {
                // A handler ends a moment after its connection, on a thread of its own.
                await Task.Delay(1, guard);
            }
        }
        catch (OperationCanceledException)
        {
            long handlers = _ledger[SoakEvent.HandlerBegun] - _ledger[SoakEvent.HandlerEnded];
            _ledger.Report($"At the end {server.ConnectionCount} connections are open, and {handlers} handlers run.");
        }

        _ledger.SettleRest();
    }
}
