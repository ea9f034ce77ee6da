using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>Both ends of a connection over loopback.</summary>
internal sealed class ConnectionPair : IAsyncDisposable
{
    private readonly StreamServer _server;
    private readonly TaskCompletionSource _over;

    private ConnectionPair(StreamServer server, TaskCompletionSource over, Connection near, Connection far)
    {
        _server = server;
        _over = over;
        Near = near;
        Far = far;
    }

    public Connection Near { get; }

    public Connection Far { get; }

    public static async Task<ConnectionPair> OpenAsync(CancellationToken guard)
    {
        TaskCompletionSource<Connection> accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StreamServer server = await SocketNetwork.Default.StartServerAsync(
            connection =>
            {
                accepted.SetResult(connection);
                return over.Task;
            },
            "127.0.0.1",
            cancellationToken: guard
        );
        Connection near = await SocketNetwork.Default.OpenConnectionAsync(server.EndPoints[0], null, guard);
        return new ConnectionPair(server, over, near, await accepted.Task.WaitAsync(guard));
    }

    public async ValueTask DisposeAsync()
    {
        Near.Abort();
        Far.Abort();
        _over.SetResult();
        await _server.DisposeAsync();
    }
}
