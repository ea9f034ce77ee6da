using System.Net;
using Deterministic.Simulation;
using Deterministic.Simulation.Xunit;
using Deterministic.Sockets;
using Deterministic.Streams;

namespace Deterministic.Examples.Tests;

public sealed class EchoTests
{
    [Fact(Timeout = Limits.Hang)]
    public Task The_echo_client_gets_its_message_back_on_real_sockets() =>
        EchoAsync(SocketNetwork.Default, SocketNetwork.Default, "127.0.0.1");

    [Simulation(Seeds = 100, Faults = "lossy-wan")]
    public Task The_echo_client_gets_its_message_back_on_a_lossy_network(SimulatedWorld world) =>
        EchoAsync(world.Host("server"), world.Host("client"), "server");

    private static async Task EchoAsync(INetwork servers, INetwork clients, string host)
    {
        // One byte: where a message may come in pieces, the example shows the first one, as the documentation's does.
        const string Message = "!";
        await using Outputs served = new();
        await using Outputs received = new();
        await using (StreamServer server = await EchoServer.StartAsync(servers, host, 0, served))
        {
            var address = (IPEndPoint)server.EndPoints[0];
            await EchoClient.RunAsync(clients, host, address.Port, Message, received);
            server.Close();
            await server.WaitClosedAsync();
            served.Lines[0].ShouldBe($"Serving on {address}");
        }

        received.Lines.ShouldBe(["Send: '!'", "Received: '!'", "Close the connection"]);
        served.Lines[1].ShouldStartWith("Received '!' from ");
        served.Lines[2..].ShouldBe(["Send: '!'", "Close the connection"]);
    }
}
