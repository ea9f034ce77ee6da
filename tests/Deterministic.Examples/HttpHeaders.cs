using System.Text;
using Deterministic.Streams;

namespace Deterministic.Examples;

/// <summary>Gets the HTTP headers of a URL.</summary>
public static class HttpHeaders
{
    public static async Task PrintAsync(INetwork network, Uri url, TextWriter output)
    {
        await using Connection connection = await network.OpenConnectionAsync(url.IdnHost, url.Port);
        var (reader, writer) = connection;

        string query = $"HEAD {url.PathAndQuery} HTTP/1.0\r\nHost: {url.Authority}\r\n\r\n";
        writer.Write(Encoding.Latin1.GetBytes(query));

        await foreach (byte[] line in reader)
        {
            string header = Encoding.Latin1.GetString(line).TrimEnd();
            if (header.Length > 0)
            {
                await output.WriteLineAsync($"HTTP header> {header}");
            }
        }
    }
}
