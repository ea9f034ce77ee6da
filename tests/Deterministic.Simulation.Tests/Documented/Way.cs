using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>TCP between two hosts, or a Unix socket within one: what the documentation names for both is tried on both.</summary>
internal sealed class Way(SimulatedWorld world, bool isUnix)
{
    private const string Path = "/run/server.sock";
    private const int Port = 80;

    /// <summary>The name that is in the server's certificate.</summary>
    public const string Name = "server";

    public SimulatedWorld World => world;

    private SimulatedHost Server => world.Host("server");

    public ValueTask<StreamServer> ServeAsync(Func<Connection, Task> handler, ServerOptions? options = null) =>
        isUnix
            ? Server.StartUnixServerAsync(handler, Path, options)
            : Server.StartServerAsync(handler, port: Port, options: options);

    public ValueTask<Connection> ConnectAsync(ClientOptions? options = null) =>
        isUnix
            ? Server.OpenUnixConnectionAsync(Path, options)
            : world.Host("client").OpenConnectionAsync("server", Port, options);

    public Task PassAsync(TimeSpan time) => Task.Delay(time, world.TimeProvider);
}
