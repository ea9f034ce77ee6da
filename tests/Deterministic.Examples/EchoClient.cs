using System.Text;
using Deterministic.Streams;

namespace Deterministic.Examples;

/// <summary>A TCP echo client: sends a message and prints what comes back.</summary>
public static class EchoClient
{
    public static async Task RunAsync(INetwork network, string host, int port, string message, TextWriter output)
    {
        await using Connection connection = await network.OpenConnectionAsync(host, port);
        var (reader, writer) = connection;

        await output.WriteLineAsync($"Send: '{message}'");
        writer.Write(Encoding.UTF8.GetBytes(message));
        await writer.DrainAsync();

        byte[] data = await reader.ReadAsync(100);
        await output.WriteLineAsync($"Received: '{Encoding.UTF8.GetString(data)}'");

        await output.WriteLineAsync("Close the connection");
    }
}
