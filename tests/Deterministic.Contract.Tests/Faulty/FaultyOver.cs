using Deterministic.Faults;
using Deterministic.Simulation;

namespace Deterministic.Contract.Tests;

/// <summary>Both places of a world, decorated as two hosts of the same faults.</summary>
internal static class FaultyOver
{
    /// <summary>Rules for every connection that never strike: all goes through what carries faults, and must come out as it went in.</summary>
    public static FaultProfile Idle { get; } =
        FaultProfiles.Calm.With(Fault.Reset().AfterBytes(long.MaxValue), Fault.ShortRead().Nth(long.MaxValue));

    /// <summary>What a legal network does all the time, in spans that suit the machine's clock.</summary>
    public static FaultProfile Rough { get; } =
        FaultProfiles.Calm.With(
            Fault.Slicer().WithProbability(250),
            Fault.ShortWrite().WithProbability(50),
            Fault.ShortRead().WithProbability(100),
            Fault.Coalescing(Milliseconds(0.1), Milliseconds(1)).WithProbability(50),
            Fault.Latency(LatencyDistribution.Uniform(TimeSpan.Zero, Milliseconds(1))).WithProbability(100),
            Fault.Stall(Milliseconds(1), Milliseconds(10)).WithProbability(5)
        );

    public static ContractWorld Decorate(ContractWorld world, FaultProfile profile)
    {
        FaultyNetwork server = new(world.Server, profile, seed: 1, "server");
        return world with
        {
            Server = server,
            Client = server.ForHost("client", world.Client),
            // Whatever else holds bytes, each end of a decorated connection holds a window of them for each direction.
            NetworkHoldsBytes = world.NetworkHoldsBytes + (2L * profile.WindowBytes),
        };
    }

    private static TimeSpan Milliseconds(double count) => TimeSpan.FromMilliseconds(count);
}
