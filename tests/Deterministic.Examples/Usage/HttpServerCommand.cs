using System.CommandLine;
using Deterministic.Examples.Http;
using Deterministic.Sockets;
using Deterministic.Streams;

namespace Deterministic.Examples.Usage;

/// <summary><c>http-server</c>.</summary>
internal static class HttpServerCommand
{
    public static Command Create(TextWriter output)
    {
        Option<string> host = Options.Host();
        Option<int> port = Options.Port(defaultPort: 8080, leastPort: 0);
        Command command = new("http-server", "Serves HTTP/1.1, until Control-C") { host, port };
        command.SetAction(
            async (parsed, interrupt) =>
            {
                await using StreamServer server = await HttpServer.StartAsync(
                    SocketNetwork.Default,
                    parsed.GetRequiredValue(host),
                    parsed.GetValue(port)
                );
                await output.WriteLineAsync($"Serving on http://{server.EndPoints[0]}/");
                await server.ServeForeverAsync(interrupt);
            }
        );
        return command;
    }
}
