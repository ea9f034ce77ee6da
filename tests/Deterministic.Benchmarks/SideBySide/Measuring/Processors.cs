using System.Globalization;
using System.Runtime.InteropServices;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>Who runs on which processor. Left to themselves, or each side on its own, as if on two machines.</summary>
/// <remarks>
/// Where the two sides share, the scheduler's choice of who runs next to whom moves a server's rate by a factor of two from one turn to the next.
/// Where they do not, whatever else runs on the machine hits harder, since nobody can move away from it.
/// </remarks>
internal static class Processors
{
    /// <summary>As many as the mask has bits.</summary>
    private const int Most = 64;

    private const int CallingThread = 0;

    private static readonly int Count = Math.Min(Environment.ProcessorCount, Most);

    private static bool _divided;

    /// <summary>Call before there is any server: threads yet to come inherit the processors of the one that starts them.</summary>
    /// <param name="clients">How many client threads there will be.</param>
    /// <param name="pin">Whether each of them is to get a processor of its own.</param>
    /// <returns>A line for the report.</returns>
    public static string Divide(int clients, bool pin)
    {
        _divided = pin && OperatingSystem.IsLinux() && clients < Count;
        if (!_divided)
        {
            return $"{clients} client thread(s) and the servers share {Environment.ProcessorCount} processor(s).";
        }

        foreach (string thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            Restrict(int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), (1UL << (Count - clients)) - 1);
        }

        return $"{clients} client thread(s) with a processor each; {Count - clients} processor(s) for the servers.";
    }

    /// <summary>Gives the calling thread the processor of a client, if they have their own.</summary>
    /// <param name="client">Which of the clients it is, from 0.</param>
    public static void UseForClient(int client)
    {
        if (_divided)
        {
            Restrict(CallingThread, 1UL << (Count - 1 - client));
        }
    }

    private static void Restrict(int thread, ulong mask)
    {
        if (SchedSetAffinity(thread, sizeof(ulong), in mask) != 0)
        {
            throw new InvalidOperationException("The system refuses to restrict a thread to some of its processors.");
        }
    }

    [DllImport("libc", EntryPoint = "sched_setaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SchedSetAffinity(int thread, nint size, in ulong mask);
}
