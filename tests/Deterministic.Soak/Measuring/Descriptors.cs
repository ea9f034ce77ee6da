using System.Globalization;

namespace Deterministic.Soak.Measuring;

/// <summary>The file descriptors of this process, sockets among them.</summary>
internal static class Descriptors
{
    private const string OpenOnes = "/proc/self/fd";
    private const string Limits = "/proc/self/limits";

    /// <summary>How many sockets are open; null where the system does not report it (anywhere but on Linux).</summary>
    /// <remarks>Of sockets only: the runtime opens an assembly, twice, when its code is first needed.</remarks>
    public static int? CountSockets() =>
        Directory.Exists(OpenOnes) ? Directory.EnumerateFileSystemEntries(OpenOnes).Count(IsSocket) : null;

    /// <summary>How many there may be; null if without bound, or where nobody tells.</summary>
    public static int? FindLimit()
    {
        if (!File.Exists(Limits))
        {
            return null;
        }

        // Max open files            1024                 524288               files
        string? line = File.ReadLines(Limits)
            .FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        string? soft = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(3);
        return int.TryParse(soft, CultureInfo.InvariantCulture, out int limit) ? limit : null;
    }

    private static bool IsSocket(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            // Closed since it was listed.
            return false;
        }
    }
}
