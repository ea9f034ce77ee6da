using System.Net.Sockets;
using Deterministic.Faults;
using Deterministic.Simulation;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Contract.Tests;

/// <summary>Unix sockets within one simulated host.</summary>
public sealed class SimulatedUnixArm()
    : SimulatedArm("simulated Unix", FaultProfiles.Calm, seeds: 10, lacks: Lacks, over: Within)
{
    /// <summary>As on Linux: an abort is an end of file, and there are no addresses but paths.</summary>
    private const ContractCapabilities Lacks =
        ContractCapabilities.RealReset | ContractCapabilities.Ipv6 | ContractCapabilities.Unreachable;

    private static readonly UnixDomainSocketEndPoint Silent = new("/run/silent.sock");

    private static ContractWorld Within(ContractWorld world)
    {
        INetwork host = world.Server;
        if (!FillBacklogAsync(host).IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("A backlog in which there is room has to be waited for.");
        }

        int servers = 0;
        return world with
        {
            Client = host,
            NewAddress = () => new UnixDomainSocketEndPoint($"/run/{++servers}.sock"),
            Capabilities = world.Capabilities & ~Lacks,
            UnresponsiveAddress = Silent,
        };
    }

    /// <summary>A listener that never accepts and whose backlog is full. Nothing here has to wait, for a Unix socket is connected at once.</summary>
    private static async Task FillBacklogAsync(INetwork host)
    {
        TransportListener listener = (await host.BindAsync(Silent, new ServerOptions { Backlog = 1 }, default))[0];
        listener.Start(static _ => { }, static _ => { });
        listener.PauseAccepting();
        for (int waiting = 0; waiting < 2; waiting++)
        {
            await host.ConnectAsync(Silent, ClientOptions.Default, default);
        }
    }
}
