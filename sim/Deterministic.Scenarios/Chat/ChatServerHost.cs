using System.Net;
using Deterministic.Simulation.Tcp;
using Deterministic.Streams;

namespace Deterministic.Scenarios;

/// <summary>What of the server outlives a crash: where it serves, which room is open, and whether the party is over. Rooms themselves are memory, and gone with it.</summary>
internal sealed class ChatServerHost(Func<AsyncStreamReader, ValueTask<string?>> readMessageAsync)
{
    private readonly TaskCompletionSource<EndPoint> _open = new();
    private volatile ChatRoom? _room;
    private volatile bool _isOver;

    /// <summary>Finds out who has fallen silent: a reader alone would wait for them for ever. For members and server.</summary>
    public static KeepAliveOptions KeepAlive { get; } =
        new()
        {
            Time = TimeSpan.FromSeconds(10),
            Interval = TimeSpan.FromSeconds(5),
            RetryCount = 3,
        };

    /// <summary>Where it serves, once it does: the same place after a crash.</summary>
    public Task<EndPoint> Address => _open.Task;

    /// <summary>Whether nobody who is in the room can say anything more.</summary>
    public bool IsQuiet => _room is not { IsQuiet: false };

    /// <summary>The server's program, from its start to a crash or to the end of the party.</summary>
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
        await room.WhenOverAsync();
    }

    /// <summary>The party is over: members are told how much was heard of them, and let go.</summary>
    public void Close()
    {
        _isOver = true;
        _room?.Close();
    }
}
