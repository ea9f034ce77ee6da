using Deterministic.Core;

namespace Deterministic.Simulation;

/// <summary>The ports that a host gives out by itself: the dynamic range of RFC 6335.</summary>
internal static class EphemeralPorts
{
    public const int First = 49152;

    public const int Last = 65535;

    public static ConnectionException Exhausted(string host) =>
        new(
            ConnectionErrorKind.AddressNotAvailable,
            $"Cannot assign requested address: the host '{host}' has no free port left."
        );
}
