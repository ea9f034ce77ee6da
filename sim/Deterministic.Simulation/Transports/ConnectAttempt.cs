using Deterministic.Simulation.Programs;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Transports;

/// <summary>One attempt to connect: the answer that is waited for, and who waits may give it up.</summary>
/// <param name="scope">The program that owns it.</param>
/// <param name="asked">What is to answer: the state of the task, by which a report says what is waited for.</param>
internal abstract class ConnectAttempt(ProgramScope scope, object? asked)
{
    protected ProgramScope Scope => scope;

    /// <summary>Completed by items of the world, which run with no current context: what awaits it continues on the simulator's thread.</summary>
    protected TaskCompletionSource<Transport> Answer { get; } = new(asked);

    /// <summary>Waits for the answer, or until it is given up.</summary>
    protected async ValueTask<Transport> WaitAsync(CancellationToken cancellationToken)
    {
        // Handed to the world: the canceller's stack is not the place to continue the one who waits.
        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            (state, token) => scope.Post(_ => ((ConnectAttempt)state!).GiveUp(token), null),
            this
        );
        await using (registration.ConfigureAwait(false))
        {
            return await Answer.Task.ConfigureAwait(false);
        }
    }

    /// <summary>The attempt was given up: nothing is to be left of it.</summary>
    protected abstract void Abandon();

    private void GiveUp(CancellationToken token)
    {
        if (!Answer.Task.IsCompleted)
        {
            Abandon();
            Answer.SetCanceled(token);
        }
    }
}
