using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Simulation.Tcp;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Tests;

/// <summary>
/// A random walk of two TCPs: programs that connect, send, receive, end and abort at random, on a network that delays, loses and holds, with every fault that there is, also at
/// endpoints that no program holds yet or any more. After each step of the world the invariants are checked; in the end faults stop, the programs finish, and nothing must be left.
/// </summary>
internal sealed partial class TcpWalk
{
    private const int MostPrograms = 16;

    private static readonly RunLimits Limits = new()
    {
        Steps = 1_000_000,
        VirtualTime = TimeSpan.FromDays(2),
        EscapeGrace = TimeSpan.Zero,
    };

    private readonly Random _random;
    private readonly SimulatedWorld _world;
    private readonly SimulatedHost _client;
    private readonly SimulatedHost _server;
    private readonly TcpInvariants _invariants = new();
    private readonly List<WalkingProgram> _programs = [];
    private readonly bool _isDamaged;
    private TransportListener? _listener;
    private int _actions;
    private bool _isSettled;
    private Exception? _failure;

    private TcpWalk(ulong seed, bool keepTrace)
    {
        _random = new Random((int)(seed ^ (seed >> 32)));
        FaultProfile faults = WalkingFaults.Draw(_random);
        _isDamaged = faults.Rules.Any(rule => rule.Kind is FaultKind.BitFlip or FaultKind.Truncation);
        _world = new SimulatedWorld(seed, faults, keepTrace);
        _client = _world.Host("client");
        _server = _world.Host("server");
        _actions = _random.Next(20, 300);
        _client.TcpOptions = Options();
        _server.TcpOptions = Options();
    }

    /// <summary>Walks from one seed to the end.</summary>
    /// <returns>How many steps that took, and the states that endpoints were in, as bits.</returns>
    /// <exception cref="InvalidOperationException">An invariant does not hold, or something is left in the end.</exception>
    public static (long Steps, int States) Play(ulong seed)
    {
        TcpWalk walk = new(seed, keepTrace: false);
        try
        {
            walk.Walk();
        }
        catch (Exception error)
        {
            throw new InvalidOperationException(
                $"Walk {seed} ({walk._world.Faults}): {error.Message}\n{string.Join('\n', LastEvents(seed))}",
                error
            );
        }

        return (walk._world.Scheduler.Steps, walk._invariants.States);
    }

    /// <summary>The last events of the connection that failed, and of the network as a whole.</summary>
    private static IEnumerable<TraceEvent> LastEvents(ulong seed)
    {
        TcpWalk again = new(seed, keepTrace: true);
        string message = Should.Throw<Exception>(again.Walk).Message;
        return again
            ._world.Trace.Events.Where(one => one.Connection == 0 || message.Contains($"#{one.Connection} "))
            .TakeLast(60);
    }

    private void Walk()
    {
        _world.Scheduler.Post("walk", _ => Act());
        Run(() => _isSettled);
        foreach (WalkingProgram program in _programs)
        {
            program.Finish();
        }

        // Until nothing happens any more: a host that was paused may hand over connections only now.
        RunResult result = Run(static () => false);
        foreach (WalkingProgram program in _programs.Where(program => !program.HasLetGo || program.IsClosing))
        {
            if (program.IsClosing || !MayWaitForEver(program))
            {
                throw new InvalidOperationException(
                    $"{program.Flow.Host.Name} #{program.Flow.Id} ({program.Endpoint?.State}) waits for ever: {result.Outcome}. Sent {program.Sent}, received {program.Received}; the peer ({program.Peer?.Endpoint?.State}) sent {program.Peer?.Sent}, received {program.Peer?.Received}."
                );
            }

            program.Abort();
        }

        _listener?.Close();
        result = Run(() => _client.Tcp.Count + _server.Tcp.Count == 0);
        if (result.Outcome != RunOutcome.Completed)
        {
            TcpEndpoint left = _client.Tcp.Endpoints.Concat(_server.Tcp.Endpoints).First();
            throw new InvalidOperationException(
                $"{left.Host.Name} #{left.Flow.Id} ({left.State}, {left.Ownership}) is left for ever: {result.Outcome}. {TcpInvariants.Describe(left)}; the peer is {left.Flow.Peer.Tcp.Find(left.Flow.PeerKey)?.State}."
            );
        }

        _invariants.CheckGone();
    }

    /// <summary>Where nothing is under way that could go unanswered, and the peer is gone without a word that arrived, or nothing passes any more.</summary>
    private bool MayWaitForEver(WalkingProgram program) =>
        program.Endpoint is { State: TcpState.FinWait2 }
        && (
            _world.Context.Connections.IsBlackholed(program.Flow.Id)
            || program.Flow.Peer.Tcp.Find(program.Flow.PeerKey) is null
        );

    private RunResult Run(Func<bool> isOver)
    {
        RunResult result = _world.Scheduler.RunUntil(
            () =>
            {
                _invariants.Check(_client, _world.Scheduler.Now);
                _invariants.Check(_server, _world.Scheduler.Now);
                _invariants.CheckGone();
                return _failure is null ? isOver() : throw _failure;
            },
            Limits
        );
        return result.Outcome is RunOutcome.Completed or RunOutcome.Deadlocked or RunOutcome.TimeLimitReached
            ? result
            : throw new InvalidOperationException($"{result.Outcome}: {result.Exception?.Message}", result.Exception);
    }

    private void Act()
    {
        if (_actions-- == 0)
        {
            Settle();
            return;
        }

        switch (_random.Next(100))
        {
            case < 8:
                Connect();
                break;
            case < 12:
                ChangeLink();
                break;
            case < 14:
                ChangeHost();
                break;
            case < 16:
                ChangeListener();
                break;
            case < 19:
                Strike();
                break;
            default:
                if (_programs.Count > 0)
                {
                    Use(_programs[_random.Next(_programs.Count)]);
                }

                break;
        }

        // From at once to longer than any time-out of TCP, each order of magnitude alike.
        TimeSpan pause =
            _random.Next(3) == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(Math.Pow(10, 8.5 * _random.NextDouble()));
        _world.Scheduler.ScheduleAfter(pause, "walk", _ => Act());
    }

    private void Use(WalkingProgram program)
    {
        switch (_random.Next(40))
        {
            case < 12:
                program.TrySend(Size());
                break;
            case < 20:
                program.Send(Size());
                break;
            case < 36:
                program.Receive(Size());
                break;
            case 36 or 37:
                program.ShutDown();
                break;
            case 38:
                program.Close();
                break;
            default:
                program.Abort();
                break;
        }
    }

    private int Size() => 1 + (int)Math.Pow(10, 3.9 * _random.NextDouble());

    private void Connect()
    {
        if (_listener is null || _programs.Count >= MostPrograms || _client.State == HostState.Down)
        {
            return;
        }

        ClientOptions options = new()
        {
            NoDelay = _random.Next(4) > 0,
            Linger = Linger(),
            KeepAlive =
                _random.Next(4) == 0 ? new KeepAliveOptions { Time = TimeSpan.FromSeconds(5), RetryCount = 2 } : null,
        };
        CancellationTokenSource? giveUp = _random.Next(8) == 0 ? new() : null;
        ValueTask<Transport> connecting = _client.ConnectAsync(
            _listener.LocalEndPoint,
            options,
            giveUp?.Token ?? CancellationToken.None
        );
        if (giveUp is not null)
        {
            _world.Scheduler.ScheduleAfter(TimeSpan.FromMilliseconds(_random.Next(3000)), "walk", _ => giveUp.Cancel());
        }

        _ = KeepAsync(connecting);
    }

    private async Task KeepAsync(ValueTask<Transport> connecting)
    {
        try
        {
            Keep(await connecting);
        }
        catch (Exception error) when (error is ConnectionException or OperationCanceledException)
        {
            // Refused, timed out, given up or crashed: nothing is to be left of it.
        }
        catch (Exception error)
        {
            // Nobody awaits this: the next step ends the walk with it.
            _failure ??= error;
        }
    }

    private void Keep(Transport transport)
    {
        WalkingProgram program = new(transport) { IsDamaged = _isDamaged };
        program.Peer = _programs.Find(other => other.Flow.Id == program.Flow.Id);
        if (program.Peer is { } peer)
        {
            peer.Peer = program;
        }

        _programs.Add(program);
        if (_isSettled)
        {
            program.Finish();
        }
    }
}
