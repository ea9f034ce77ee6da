using System.Globalization;
using System.Net;

namespace Deterministic.Sockets.Tests;

/// <summary>What a test runs as a process of its own.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["flood", string port]:
                Flood.Run(new IPEndPoint(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture)));
                return 0;
            case ["exhausted"]:
                await new ExhaustedServer().RunAsync();
                return 0;
            case ["starved", string scene]:
                StarvedPool.Run(scene);
                return 0;
            default:
                await Console.Error.WriteLineAsync("Expected: flood PORT, exhausted, or starved SCENE.");
                return 2;
        }
    }
}
