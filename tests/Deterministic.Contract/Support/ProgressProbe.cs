using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>
/// Round trips on a connection beside the one under test. They are how a body lets the network go on without sleeping: whatever is free to happen happens
/// while they travel. Each also shows that a neighbouring connection is alive.
/// </summary>
internal sealed class ProgressProbe : IAsyncDisposable
{
    /// <summary>More than what is held up by a lost segment takes.</summary>
    private const int RoundsOfCalm = 25;

    private readonly ContractWorld _world;
    private readonly StreamServer _server;
    private readonly Connection _connection;
    private readonly long _start;

    private ProgressProbe(ContractWorld world, StreamServer server, Connection connection)
    {
        _world = world;
        _server = server;
        _connection = connection;
        _start = world.Client.TimeProvider.GetTimestamp();
    }

    /// <summary>For a calm that nothing ends early.</summary>
    public static Task Never { get; } = new TaskCompletionSource().Task;

    public static async Task<ProgressProbe> StartAsync(ContractWorld world)
    {
        StreamServer server = await Echo.StartAsync(world);
        return new ProgressProbe(world, server, await world.ConnectAsync(server));
    }

    /// <summary>One round trip.</summary>
    public async Task BeatAsync()
    {
        await Echo.CheckAsync(_connection, ".");
        if (_world.Client.TimeProvider.GetElapsedTime(_start) > _world.Patience)
        {
            throw new ContractViolationException($"What is waited for has not come true within {_world.Patience:c}.");
        }
    }

    /// <summary>Goes on until a condition holds.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await BeatAsync();
        }
    }

    /// <summary>Goes on until a value has stood still for a while, or the task has ended.</summary>
    public async Task UntilCalmAsync(Func<long> value, Task unless)
    {
        TimeProvider time = _world.Client.TimeProvider;
        long last = value();
        long since = time.GetTimestamp();
        for (int calm = 0; !unless.IsCompleted; calm++)
        {
            if (calm >= RoundsOfCalm && time.GetElapsedTime(since) >= _world.Calm)
            {
                return;
            }

            await BeatAsync();
            if (value() is var now && now != last)
            {
                (last, since, calm) = (now, time.GetTimestamp(), 0);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }
}
