using System.Globalization;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>
/// How much of the machine other processes took while a row was measured. The ratio within a round stands some of that; a table made beside a
/// build is worth nothing, and should say so itself.
/// </summary>
internal readonly struct Bystanders
{
    /// <summary>What Linux counts by, whatever its clock: USER_HZ.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Where the idle times stand in the first line of <c>/proc/stat</c>, and where the guests' begin, which the others include.</summary>
    private const int Idle = 3;
    private const int WaitingForDisk = 4;
    private const int Guests = 8;

    private readonly double _busy;
    private readonly double _all;

    private Bystanders((double Busy, double All) sum) => (_busy, _all) = sum;

    /// <summary>Begins to watch.</summary>
    public static Bystanders Watch() => new(OperatingSystem.IsLinux() ? Read() : default);

    /// <summary>Their share of all processors since then, from 0 to 1; null if this system does not report it.</summary>
    public double? Share()
    {
        if (_all == 0)
        {
            return null;
        }

        (double busy, double all) = Read();
        return all > _all ? Math.Clamp((busy - _busy) / (all - _all), 0, 1) : null;
    }

    private static (double Busy, double All) Read()
    {
        double[] ticks =
        [
            .. File.ReadLines("/proc/stat")
                .First()
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Take(Guests)
                .Select(field => double.Parse(field, CultureInfo.InvariantCulture)),
        ];
        double all = ticks.Sum();
        double own = Environment.CpuUsage.TotalTime.TotalSeconds * TicksPerSecond;
        return (all - ticks[Idle] - ticks[WaitingForDisk] - own, all);
    }
}
