using System.Net;
using System.Text;
using Deterministic.Streams;

namespace Deterministic.Examples.Tests;

public static class Greeter
{
    public static async Task ServeAsync(AsyncStreamReader reader, AsyncStreamWriter writer)
    {
        await foreach (byte[] line in reader)
        {
            writer.Write([.. "Hello, "u8, .. line]);
            await writer.DrainAsync();
        }
    }

    public static async Task<string> GreetAsync(INetwork network, EndPoint server, string name)
    {
        await using Connection connection = await network.OpenConnectionAsync(server);
        var (reader, writer) = connection;
        writer.Write(Encoding.UTF8.GetBytes(name + "\n"));
        return Encoding.UTF8.GetString(await reader.ReadLineAsync());
    }
}
