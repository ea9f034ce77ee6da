using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>One attempt to connect.</summary>
internal sealed class ConnectAttempt(SimulatedWorld world, TcpEndpoint endpoint, ProgramScope scope)
{
    // With the end point as its state, so that whoever finds the task waited for can tell for what.
    private readonly TaskCompletionSource<Transport> _answer = new(endpoint);

    public ValueTask<Transport> RunAsync(CancellationToken cancellationToken)
    {
        _ = new SimulatedTransport(world, endpoint, scope, _answer);
        endpoint.Connect();
        return cancellationToken.CanBeCanceled
            ? WithCancellationAsync(cancellationToken)
            : new ValueTask<Transport>(_answer.Task);
    }

    private async ValueTask<Transport> WithCancellationAsync(CancellationToken cancellationToken)
    {
        // Handed to the world: the canceller's stack is not the place to continue the one who waits.
        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            (state, token) => scope.Post(_ => ((ConnectAttempt)state!).GiveUp(token), null),
            this
        );
        await using (registration.ConfigureAwait(false))
        {
            return await _answer.Task.ConfigureAwait(false);
        }
    }

    private void GiveUp(CancellationToken token)
    {
        if (!_answer.Task.IsCompleted)
        {
            endpoint.Abort();
            _answer.SetCanceled(token);
        }
    }
}
