using System.Net;
using Deterministic.Simulation.Tcp;
using Deterministic.Streams;

namespace Deterministic.Scenarios;

/// <summary>The state of the server that survives a crash: its address, the open room, and whether the chat is over. The content of a room is in memory, and lost.</summary>
internal sealed class ChatServerHost(Func<AsyncStreamReader, ValueTask<string?>> readMessageAsync)
{
    private readonly TaskCompletionSource<EndPoint> _open = new();
    private volatile ChatRoom? _room;
    private volatile bool _isOver;

    /// <summary>Detects a peer that is gone: a reader alone would wait for it forever. For members and server.</summary>
    public static KeepAliveOptions KeepAlive { get; } =
        new()
        {
            Time = TimeSpan.FromSeconds(10),
            Interval = TimeSpan.FromSeconds(5),
            RetryCount = 3,
        };

    /// <summary>Completes with the server's address, which stays the same after a crash.</summary>
    public Task<EndPoint> Address => _open.Task;

    /// <summary>Whether no member can send any more messages.</summary>
    public bool IsQuiet => _room is not { IsQuiet: false };

    /// <summary>The server's program, from its start to a crash or to the end of the chat.</summary>
    /// <param name="network">The server's host.</param>
    /// <param name="address">Its name or address.</param>
    public async Task ServeAsync(INetwork network, string address)
    {
        ChatRoom room = new(readMessageAsync);
        _room = room;
        if (_isOver)
        {
            room.Close();
        }

        int port = _open.Task.IsCompleted ? ((IPEndPoint)await _open.Task).Port : 0;
        ServerOptions options = new() { KeepAlive = KeepAlive };
        await using StreamServer server = await network.StartServerAsync(room.ServeAsync, address, port, options);
        _open.TrySetResult(server.EndPoints[0]);
        await room.WaitClosedAsync();
    }

    /// <summary>Ends the chat: each member gets the number of its messages, and its connection is closed.</summary>
    public void Close()
    {
        _isOver = true;
        _room?.Close();
    }
}
