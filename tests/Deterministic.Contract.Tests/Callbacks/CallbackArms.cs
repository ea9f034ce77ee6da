using Deterministic.Simulation;
using Deterministic.Sockets;

namespace Deterministic.Contract.Tests;

/// <summary>Connections through callbacks keep the contract as well: over the simulated network, and over real sockets.</summary>
public sealed class CallbackArms
{
    private const ulong Seeds = 10;

    public static IEnumerable<object[]> Simulated => ContractSuite.RowsFor(SimulatedContract.Capabilities);

    public static IEnumerable<object[]> Real => ContractSuite.RowsFor(SocketContract.Capabilities);

    [Clause("P-10", "P-11", "P-12", "P-13", "P-17", "P-18", "P-20")]
    [Theory]
    [MemberData(nameof(Simulated))]
    public void Keep_it_in_the_simulation(string name)
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            SimulatedWorld world = new(seed, FaultProfiles.LossyWan);
            ContractWorld contract = new()
            {
                Server = new CallbackNetwork(world.Host("server")),
                Client = new CallbackNetwork(world.Host("client")),
                ServerHost = "server",
                Capabilities = SimulatedContract.Capabilities,
                Random = world.Random,
                Patience = TimeSpan.FromHours(1),
            };
            world.Run(() => ContractSuite.Find(name).RunAsync(contract)).ThrowIfNotCompleted();
        }
    }

    [Clause("P-10", "P-11", "P-12", "P-13", "P-17", "P-18", "P-20")]
    [Theory]
    [MemberData(nameof(Real))]
    public Task Keep_it_on_sockets(string name)
    {
        CallbackNetwork network = new(SocketNetwork.Default);
        ContractWorld world = new()
        {
            Server = network,
            Client = network,
            ServerHost = "127.0.0.1",
            Capabilities = SocketContract.Capabilities,
            Random = new Random(1),
        };
        return ContractSuite.Find(name).RunAsync(world);
    }
}
