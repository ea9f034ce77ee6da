using Deterministic.Simulation;
using Deterministic.Simulation.Xunit;
using Deterministic.Sockets;
using Deterministic.Streams;

namespace Deterministic.Examples.Tests;

public sealed class GreeterTests
{
    [Fact]
    public async Task Everybody_is_greeted_by_name_on_real_sockets()
    {
        INetwork network = SocketNetwork.Default;
        await using StreamServer server = await network.StartServerAsync(Greeter.ServeAsync, "localhost");
        string answer = await Greeter.GreetAsync(network, server.EndPoints[0], "world");
        Assert.Equal("Hello, world\n", answer);
    }

    [Simulation(Seeds = 200, Faults = "lossy-wan")]
    public async Task Everybody_is_greeted_by_name_on_a_lossy_network(SimulatedWorld world)
    {
        await using StreamServer server = await world.Host("server").StartServerAsync(Greeter.ServeAsync);
        string answer = await Greeter.GreetAsync(world.Host("client"), server.EndPoints[0], "world");
        Assert.Equal("Hello, world\n", answer);
    }
}
