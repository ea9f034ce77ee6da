using System.Net;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

/// <summary>A network whose one attempt to connect ends when the test says so, or is given up.</summary>
internal sealed class WaitingNetwork(ConnectClock clock) : INetwork
{
    private readonly TaskCompletionSource<Transport> _answer = new();

    public TimeProvider TimeProvider => clock;

    public CancellationToken Token { get; private set; }

    public async ValueTask<Transport> ConnectAsync(
        EndPoint remote,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        Token = cancellationToken;
        // Not WaitAsync: its continuations run on the thread pool, and here all is over at once.
        await using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            (_, token) => _answer.TrySetCanceled(token),
            null
        );
        return await _answer.Task;
    }

    public void Answer() => _answer.SetResult(new ScriptedTransport());

    public void Refuse(Exception error) => _answer.SetException(error);

    public ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        EndPoint local,
        ServerOptions options,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("Nobody serves here.");
}
