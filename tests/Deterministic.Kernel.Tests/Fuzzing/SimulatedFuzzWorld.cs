using System.Net;
using System.Net.Sockets;
using Deterministic.Simulation;
using Deterministic.Streams;

namespace Deterministic.Kernel.Tests;

/// <summary>Two hosts of a simulated network; for Unix sockets, one.</summary>
internal sealed class SimulatedFuzzWorld : FuzzWorld
{
    /// <summary>Longer than any message takes, and shorter than any time-out.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);

    /// <summary>In which a message may arrive, or not.</summary>
    private const int MostStepMicroseconds = 5000;

    /// <summary>That of a loopback device: where a write is cut decides how much a read finds.</summary>
    private const int MaxSegmentBytes = 65_483;

    private readonly Random _random;
    private readonly SimulatedWorld _world;
    private readonly SimulatedHost _server;
    private readonly SimulatedHost _client;

    public SimulatedFuzzWorld(SimulatedWorld world, ulong seed, bool isUnix)
    {
        _random = new Random((int)seed);
        _world = world;
        _server = world.Host("server");
        _client = isUnix ? _server : world.Host("client");
        _server.TcpOptions = _client.TcpOptions = world.TcpOptions with
        {
            SendBufferBytes = FuzzProgram.BufferBytes,
            ReceiveBufferBytes = FuzzProgram.BufferBytes,
            MaxSegmentBytes = MaxSegmentBytes,
        };
    }

    public override INetwork Server => _server;

    public override INetwork Client => _client;

    public override IPAddress LocalAddress => _client.Address;

    public override EndPoint Address(bool isUnix) =>
        isUnix ? new UnixDomainSocketEndPoint("\0fuzz") : new IPEndPoint(_server.Address, 0);

    /// <summary>A step takes no time here, and on a loopback device a message takes next to none: what was sent in one step may have arrived by the next.</summary>
    public override Task StepAsync() =>
        _random.Next(2) == 0
            ? Task.CompletedTask
            : Task.Delay(TimeSpan.FromMicroseconds(_random.Next(MostStepMicroseconds)), _world.TimeProvider);

    public override Task SettleAsync() => Task.Delay(Calm, _world.TimeProvider);
}
