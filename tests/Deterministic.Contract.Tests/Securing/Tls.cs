using Deterministic.Streams;

namespace Deterministic.Contract.Tests;

/// <summary>TLS for every connection of a world, with half-close, as TLS 1.3 allows.</summary>
internal static class Tls
{
    /// <summary>A close over TLS waits for the peer's close_notify.</summary>
    public const ContractCapabilities Lacks = ContractCapabilities.ClosesAlone;

    /// <summary>The same world, over TLS.</summary>
    /// <param name="world">Which.</param>
    /// <param name="shutdownTimeout">
    /// Longer than that world takes for any close_notify that comes; and for so long two cases take, in which a peer goes on writing to a closed connection and hears of it only then.
    /// </param>
    public static ContractWorld Over(ContractWorld world, TimeSpan shutdownTimeout)
    {
        TlsServerOptions server = new(Certificates.Server) { AllowHalfClose = true, ShutdownTimeout = shutdownTimeout };
        TlsClientOptions client = new()
        {
            ServerName = Certificates.ServerName,
            Authentication = Certificates.ClientAuthentication(),
            AllowHalfClose = true,
            ShutdownTimeout = shutdownTimeout,
        };
        return world with
        {
            Capabilities = world.Capabilities & ~Lacks,
            WithServer = options => options with { Tls = server },
            WithClient = options => options with { Tls = client },
        };
    }
}
