using System.Net;

namespace Deterministic.Kernel.Tests;

/// <summary>
/// Addresses of this machine that nobody else has. A port of 127.0.0.1 that a scenario has let go is anybody's, and other tests run beside this; on Linux all of 127/8 is the loopback
/// device, and ports are taken for an address each.
/// </summary>
internal static class LoopbackAddresses
{
    private const int FirstBlock = 16;
    private const int Blocks = 200;

    private static int _last;

    public static IPAddress Next()
    {
        int number = Interlocked.Increment(ref _last);
        return new IPAddress([
            127,
            (byte)(FirstBlock + (Environment.ProcessId % Blocks)),
            (byte)(number >> 8),
            (byte)number,
        ]);
    }
}
