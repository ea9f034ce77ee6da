using System.Globalization;
using System.Net;
using Deterministic.Faults;
using Deterministic.Simulation;

namespace Deterministic.Contract.Tests;

/// <summary>The simulated network: each case in a fresh world for each of several seeds.</summary>
/// <param name="name">Of the arm.</param>
/// <param name="faults">How the network behaves.</param>
/// <param name="seeds">How many.</param>
/// <param name="lacks">What its worlds can't do, of all that the simulated network can.</param>
/// <param name="over">What lies over the network; nothing if null.</param>
public abstract class SimulatedArm(
    string name,
    FaultProfile faults,
    ulong seeds = 25,
    ContractCapabilities lacks = ContractCapabilities.None,
    Func<ContractWorld, ContractWorld>? over = null
) : Arm(name, Can & ~lacks)
{
    private const ContractCapabilities Can = ContractCapabilities.All;

    private const int EventsTold = 40;

    /// <summary>By day: another world for each case shows most of what any shows.</summary>
    private const ulong SeedsByDay = 4;

    public override Task RunAsync(ContractCase one)
    {
        ulong last = Nightly.IsOn ? seeds : Math.Min(seeds, SeedsByDay);
        for (ulong seed = 1; seed <= last; seed++)
        {
            Run(one, faults, seed, over: over);
        }

        return Task.CompletedTask;
    }

    /// <summary>Runs a case in one world.</summary>
    /// <param name="one">Which.</param>
    /// <param name="faults">How the network behaves.</param>
    /// <param name="seed">Of the world.</param>
    /// <param name="patience">When to give up, in virtual time; an hour if null: a megabyte over lossy lines takes minutes.</param>
    /// <param name="over">What lies over the network.</param>
    /// <returns>The hash of all that happened.</returns>
    internal static ulong Run(
        ContractCase one,
        FaultProfile faults,
        ulong seed,
        TimeSpan? patience = null,
        Func<ContractWorld, ContractWorld>? over = null
    )
    {
        SimulatedWorld world = new(seed, faults, keepTrace: true);
        // What a handler of a case throws on purpose.
        world.ExpectUnhandled(static error => error is InvalidOperationException { Message: "boom" });
        SimulatedHost silent = world.Host("silent");
        world.Link(world.Host("client"), silent).Partition();
        ContractWorld contract = new()
        {
            Server = world.Host("server"),
            Client = world.Host("client"),
            NewAddress = () => new DnsEndPoint("server", 0),
            Capabilities = Can,
            Random = world.Random,
            UnreachableAddress = new IPEndPoint(IPAddress.Parse("10.255.255.254"), 9),
            UnresponsiveAddress = new IPEndPoint(silent.Address, 9),
            LargeTransferBytes = 1024 * 1024,
            // The send buffer of one host and the receive buffer of the other.
            NetworkHoldsBytes = 2 * faults.WindowBytes,
            Patience = patience ?? TimeSpan.FromHours(1),
            ShortTimeout = TimeSpan.FromSeconds(5),
        };
        contract = over is null ? contract : over(contract);
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
