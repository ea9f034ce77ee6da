using System.CommandLine;
using System.Net;

namespace Deterministic.Examples.Usage;

/// <summary>Options that several commands have.</summary>
internal static class Options
{
    public static Option<string> Host() =>
        new("--host")
        {
            HelpName = "HOST",
            Description = "A name or an address",
            DefaultValueFactory = _ => "127.0.0.1",
        };

    public static Option<int> Port(int defaultPort, int leastPort)
    {
        Option<int> port = new("--port")
        {
            HelpName = "PORT",
            Description = leastPort == 0 ? "A port; 0 takes any free one" : "A port",
            DefaultValueFactory = _ => defaultPort,
        };
        port.Validators.Add(result =>
        {
            if (result.Errors.Any())
            {
                return;
            }

            int value = result.GetValueOrDefault<int>();
            if (value < leastPort || value > IPEndPoint.MaxPort)
            {
                result.AddError($"--port is {value}: it must be {leastPort} to {IPEndPoint.MaxPort}.");
            }
        });
        return port;
    }
}
