using Deterministic.Core;

namespace Deterministic.Faults.Engine;

/// <summary>What faults do to an attempt to connect before it leaves its host.</summary>
internal static class ConnectFaults
{
    /// <param name="injector">Asked for what strikes.</param>
    /// <param name="site">The attempt.</param>
    /// <returns>Whether the attempt hangs: it is never answered.</returns>
    /// <exception cref="ConnectionException">The attempt fails at once.</exception>
    public static bool Strike(FaultInjector injector, in InjectionPoint site)
    {
        if (injector.StrikeAndNote(FaultKind.Unreachable, site) is not null)
        {
            throw new ConnectionException(ConnectionErrorKind.Unreachable, $"No route to the host '{site.To}'.");
        }

        if (injector.StrikeAndNote(FaultKind.PortExhaustion, site) is not null)
        {
            throw ConnectionErrors.NoFreePort(site.From);
        }

        return injector.StrikeAndNote(FaultKind.Hang, site) is not null;
    }
}
