using System.Globalization;
using Deterministic.Simulation;

namespace Deterministic.Contract.Tests;

/// <summary>The simulated network as an arm: each case in a fresh world for each of several seeds.</summary>
internal static class SimulatedContract
{
    /// <summary>A host has an IPv4 address only, for now.</summary>
    public const ContractCapabilities Capabilities = ContractCapabilities.All & ~ContractCapabilities.Ipv6;

    private const ulong Seeds = 25;
    private const int EventsTold = 40;

    public static void Keeps(string name, FaultProfile faults)
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            Keeps(ContractSuite.Find(name), faults, seed);
        }
    }

    public static ulong Keeps(
        ContractCase one,
        FaultProfile faults,
        ulong seed,
        ContractCapabilities capabilities = Capabilities
    )
    {
        SimulatedWorld world = new(seed, faults, keepTrace: true);
        ContractWorld contract = new()
        {
            Server = world.Host("server"),
            Client = world.Host("client"),
            ServerHost = "server",
            Capabilities = capabilities,
            Random = world.Random,
            NetworkHoldsBytes = faults.WindowBytes,
            // Virtual: a megabyte over lossy lines takes minutes.
            Patience = TimeSpan.FromHours(1),
        };
        RunResult result = world.Run(() => one.RunAsync(contract));
        return result.Outcome == RunOutcome.Completed
            ? world.Trace.Hash
            : throw new ContractViolationException(
                $"Seed {seed} with the faults '{faults.Name}': {result}\n{Story(world.Trace)}",
                result.Exception
            );
    }

    private static string Story(Trace trace)
    {
        using StringWriter all = new(CultureInfo.InvariantCulture);
        trace.WriteTo(all);
        return string.Join('\n', all.ToString().Split('\n').TakeLast(EventsTold));
    }
}
