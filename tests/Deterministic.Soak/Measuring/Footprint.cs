using System.Globalization;

namespace Deterministic.Soak.Measuring;

/// <summary>What the process holds at a moment when nothing goes on.</summary>
/// <param name="Sockets">Open sockets; null where the system does not report it.</param>
/// <param name="ManagedBytes">Memory that is still reachable.</param>
internal sealed record Footprint(int? Sockets, long ManagedBytes)
{
    /// <summary>A closed socket is let go by its last completion, on another thread. Far above what that takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Measures. Sockets first: a socket that it takes the collector to close was leaked.</summary>
    /// <param name="atMost">Waits a moment for sockets to be back at this number.</param>
    public static async Task<Footprint> TakeAsync(int? atMost = null)
    {
        int? sockets = Descriptors.CountSockets();
        DateTime end = DateTime.UtcNow + Patience;
        while (sockets > atMost && DateTime.UtcNow < end)
        {
            await Task.Delay(Pause);
            sockets = Descriptors.CountSockets();
        }

        return new Footprint(sockets, CollectAndCount());
    }

    public static string Show(int? sockets) => sockets?.ToString(CultureInfo.InvariantCulture) ?? "unknown";

    private static long CollectAndCount()
    {
        // Twice: what the finalizers let go is collected by the second round.
        for (int round = 0; round < 2; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
