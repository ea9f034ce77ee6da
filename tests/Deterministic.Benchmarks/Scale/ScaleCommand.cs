using System.Diagnostics;
using System.Globalization;
using Deterministic.Faults;
using Deterministic.Simulation;

namespace Deterministic.Benchmarks.Scale;

/// <summary>How much one simulated world holds, and how fast its hours pass.</summary>
internal static class ScaleCommand
{
    public const string Name = "scale";

    public static int Run()
    {
        Print("connections", ManyConnections.Run(connections: 100_000));
        foreach (FaultProfile faults in (FaultProfile[])[FaultProfiles.Calm, FaultProfiles.LossyWan])
        {
            Print("chat with 50 members", TenHours.Run(faults));
        }

        return 0;
    }

    private static void Print(string what, string figures)
    {
        using Process process = Process.GetCurrentProcess();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {figures}; the process had {process.PeakWorkingSet64 / (1 << 20)} MiB at its most"
            )
        );
    }
}
