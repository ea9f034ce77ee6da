using Deterministic.Core;

namespace Deterministic.Simulation;

/// <summary>What faults do to an attempt to connect before it leaves its host.</summary>
internal static class ConnectFaults
{
    /// <exception cref="ConnectionException">The attempt fails at once.</exception>
    public static void Strike(SimulatedWorld world, in FaultSite site)
    {
        if (world.Injector.StrikeAndNote(FaultKind.Unreachable, site) is not null)
        {
            throw new ConnectionException(ConnectionErrorKind.Unreachable, $"No route to the host '{site.To}'.");
        }

        if (world.Injector.StrikeAndNote(FaultKind.PortExhaustion, site) is not null)
        {
            throw EphemeralPorts.Exhausted(site.From);
        }

        if (world.Injector.StrikeAndNote(FaultKind.Hang, site) is not null)
        {
            world.Network.Darken(site.Connection);
        }
    }
}
