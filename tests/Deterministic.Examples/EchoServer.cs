using System.Text;
using Deterministic.Streams;

namespace Deterministic.Examples;

/// <summary>A TCP echo server: sends the first message of each client back, and closes the connection.</summary>
public static class EchoServer
{
    public static async Task<StreamServer> StartAsync(INetwork network, string? host, int port, TextWriter output)
    {
        StreamServer server = await network.StartServerAsync(HandleAsync, host, port);
        await output.WriteLineAsync($"Serving on {string.Join(", ", server.EndPoints)}");
        return server;

        async Task HandleAsync(AsyncStreamReader reader, AsyncStreamWriter writer)
        {
            byte[] data = await reader.ReadAsync(100);
            string message = Encoding.UTF8.GetString(data);
            await output.WriteLineAsync($"Received '{message}' from {writer.RemoteEndPoint}");

            await output.WriteLineAsync($"Send: '{message}'");
            writer.Write(data);
            await writer.DrainAsync();

            await output.WriteLineAsync("Close the connection");
        }
    }
}
