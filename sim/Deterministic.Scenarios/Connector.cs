using System.Net;
using Deterministic.Core;
using Deterministic.Simulation;
using Deterministic.Streams;

namespace Deterministic.Scenarios;

/// <summary>Connects with retries: a failed attempt is repeated after a delay.</summary>
internal static class Connector
{
    private const int Attempts = 5;

    /// <summary>A connection, or null if every attempt failed.</summary>
    public static async Task<Connection?> ConnectAsync(
        ScenarioWorld world,
        string from,
        EndPoint server,
        ClientOptions? options = null
    )
    {
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                return await world.Host(from).OpenConnectionAsync(server, options);
            }
            catch (ConnectionException error)
            {
                world.Note($"{from}: attempt {attempt}: {error.Kind}");
                await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt), world.TimeProvider);
            }
        }

        return null;
    }
}
