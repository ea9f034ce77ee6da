using System.Net;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>One attempt to connect: a question travels to the server, and an answer travels back.</summary>
internal sealed class ConnectAttempt(
    SimulatedWorld world,
    SimulatedHost client,
    IPEndPoint local,
    SimulatedHost server,
    int port
)
{
    // Completed by items of the world, which run with no current context: what awaits this continues on the simulator's thread.
    private readonly TaskCompletionSource<Transport> _answer = new();
    private readonly long _id = world.Network.NextConnection();
    private SimulatedTransport? _near;

    public Task<Transport> StartAsync(CancellationToken cancellationToken)
    {
        Record(TraceKind.Connecting, $"{server.Name}:{port}");
        world.Scheduler.ScheduleAfter(
            world.Network.DrawLatency(),
            server.Name,
            static state => ((ConnectAttempt)state!).ReachServer(),
            this
        );
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

    private void ReachServer()
    {
        SimulatedListener? listener = server.FindListener(port);
        bool refused =
            listener is not { IsListening: true }
            || world.Choices.Chance(ChoiceKind.Connect, world.Faults.RefusePerMille);
        TimeSpan delay = world.Network.DrawLatency();
        if (!refused)
        {
            IPEndPoint address = new(server.Address, port);
            (_near, SimulatedTransport far) = SimulatedTransport.CreatePair(world, client, local, server, address, _id);
            far.NotBefore(world.Scheduler.Now + delay);
            listener!.Accept(far);
        }

        world.Scheduler.ScheduleAfter(
            delay,
            client.Name,
            static state => ((ConnectAttempt)state!).ReturnToClient(),
            this
        );
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
