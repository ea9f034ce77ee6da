using System.Globalization;
using Deterministic.Simulation.Context;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Transports;

/// <summary>Holds connections to the memory that they may take: <see cref="BuiltInProperties.MemoryBounded"/>.</summary>
internal static class MemoryWatch
{
    /// <summary>Asked at the moments at which the network is touched: what is written beyond the watermarks shows at the next of them.</summary>
    public static void Check(WorldContext world, string host, long connection, ITransportHandler handler)
    {
        if (handler.Unsent > world.MaxUnsentBytes)
        {
            world.Violate(
                host,
                BuiltInProperties.MemoryBounded,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{host} #{connection}: holds {handler.Unsent} bytes that were written and that the network has not taken: who writes must drain."
                )
            );
        }
    }
}
