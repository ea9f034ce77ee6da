using System.Net;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>
/// One attempt to connect: a question travels to the server, and an answer travels back. A question that finds the backlog full has no answer and is asked again, as TCP does, until
/// the client gives up.
/// </summary>
internal sealed class ConnectAttempt(
    SimulatedWorld world,
    SimulatedHost client,
    IPEndPoint local,
    SimulatedHost server,
    int port
)
{
    /// <summary>When a question without an answer is asked for the second time; each time after, the wait is twice as long (RFC 6298).</summary>
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    /// <summary>How often it is asked again: Linux's default, with which a client gives up after 127 s.</summary>
    private const int MostRetries = 6;

    // Completed by items of the world, which run with no current context: what awaits this continues on the simulator's thread.
    private readonly TaskCompletionSource<Transport> _answer = new();
    private readonly long _id = world.Network.NextConnection();
    private SimulatedTransport? _near;
    private int _retries;

    public Task<Transport> StartAsync(CancellationToken cancellationToken)
    {
        Record(TraceKind.Connecting, $"{server.Name}:{port}");
        Ask();
        return cancellationToken.CanBeCanceled ? WithCancellationAsync(cancellationToken) : _answer.Task;
    }

    private async Task<Transport> WithCancellationAsync(CancellationToken cancellationToken)
    {
        // Handed to the world: the canceller's stack is not the place to continue the one who waits.
        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            (state, token) =>
                world.Scheduler.Post(client.Name, _ => ((ConnectAttempt)state!)._answer.TrySetCanceled(token)),
            this
        );
        await using (registration.ConfigureAwait(false))
        {
            return await _answer.Task.ConfigureAwait(false);
        }
    }

    private void Ask() =>
        world.Scheduler.ScheduleAfter(
            world.Network.DrawLatency(),
            server.Name,
            static state => ((ConnectAttempt)state!).ReachServer(),
            this
        );

    private void ReachServer()
    {
        SimulatedListener? listener = server.FindListener(port);
        if (listener is { IsListening: true, IsFull: true })
        {
            WaitForAnswer();
            return;
        }

        bool refused =
            listener is not { IsListening: true }
            || world.Choices.Chance(ChoiceKind.Connect, world.Faults.RefusePerMille);
        TimeSpan delay = world.Network.DrawLatency();
        if (!refused)
        {
            IPEndPoint address = new(server.Address, port);
            (_near, SimulatedTransport far) = SimulatedTransport.CreatePair(world, client, local, server, address, _id);
            far.NotBefore(world.Scheduler.Now + delay);
            listener!.Deliver(far);
        }

        world.Scheduler.ScheduleAfter(
            delay,
            client.Name,
            static state => ((ConnectAttempt)state!).ReturnToClient(),
            this
        );
    }

    /// <summary>The question was dropped. The client knows only that no answer comes.</summary>
    private void WaitForAnswer() =>
        world.Scheduler.ScheduleAfter(
            FirstRetry * (1 << _retries),
            client.Name,
            static state => ((ConnectAttempt)state!).AskAgain(),
            this
        );

    private void AskAgain()
    {
        if (_answer.Task.IsCompleted)
        {
            return;
        }

        if (_retries == MostRetries)
        {
            Record(TraceKind.ConnectFailed, "timed out");
            _answer.TrySetException(
                new ConnectionException(
                    ConnectionErrorKind.TimedOut,
                    $"Connection timed out: {server.Name}:{port} did not answer; its backlog is full."
                )
            );
            return;
        }

        _retries++;
        Ask();
    }

    private void ReturnToClient()
    {
        if (_near is null)
        {
            Record(TraceKind.ConnectFailed, "refused");
            _answer.TrySetException(
                new ConnectionException(
                    ConnectionErrorKind.Refused,
                    $"Connection refused: nobody listens at {server.Name}:{port}."
                )
            );
            return;
        }

        Record(TraceKind.Connected, $"{server.Name}:{port}");
        if (!_answer.TrySetResult(_near))
        {
            // Given up meanwhile: the server hears of it.
            _near.Abort();
        }
    }

    private void Record(TraceKind kind, string text) =>
        world.Trace.Record(world.Scheduler.Now, client.Name, _id, kind, text: text);
}
