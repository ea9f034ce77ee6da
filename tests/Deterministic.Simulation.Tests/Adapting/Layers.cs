using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Puts connections on top of a connection, through the adapters: an <c>s</c> for each stream in between, a <c>p</c> for each pair of pipes.</summary>
internal static class Layers
{
    public static Connection Under(this Connection connection, string layers, ConnectionOptions? options = null)
    {
        options ??= ConnectionOptions.Default;
        foreach (char layer in layers)
        {
            connection =
                layer == 's'
                    ? Connection.FromStream(
                        connection.AsStream(),
                        new StreamAdapterOptions
                        {
                            Limit = options.Limit,
                            WriteBufferLimits = options.WriteBufferLimits,
                        }
                    )
                    : Connection.FromDuplexPipe(
                        connection.AsDuplexPipe(),
                        new AdapterOptions { Limit = options.Limit, WriteBufferLimits = options.WriteBufferLimits }
                    );
        }

        return connection;
    }
}
