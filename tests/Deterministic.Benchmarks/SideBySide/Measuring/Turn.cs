using System.Diagnostics;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>What one turn of one server came to.</summary>
/// <param name="Rate">Operations a second.</param>
/// <param name="BytesPerOperation">Managed bytes allocated. The clients allocate nothing, so they are the server's.</param>
/// <param name="CpuPerOperation">Processor time of the whole process in microseconds. The clients' share is the same for all.</param>
internal readonly record struct Turn(double Rate, double BytesPerOperation, double CpuPerOperation)
{
    /// <param name="work">Runs the turn, and says how many operations it had.</param>
    public static Turn Measure(Func<long> work)
    {
        // No server pays for another one's garbage.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        long operations = work();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return new Turn(
            operations / elapsed.TotalSeconds,
            (double)bytes / operations,
            cpu.TotalMicroseconds / operations
        );
    }
}
