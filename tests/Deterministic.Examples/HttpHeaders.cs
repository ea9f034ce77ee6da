using System.Text;
using Deterministic.Streams;

namespace Deterministic.Examples;

/// <summary>Gets the HTTP headers of a URL, over TLS if it begins with https.</summary>
public static class HttpHeaders
{
    /// <param name="network">Where from.</param>
    /// <param name="url">Of what.</param>
    /// <param name="output">Where the headers go.</param>
    /// <param name="tls">How to speak TLS; null trusts whom this machine trusts.</param>
    public static async Task PrintAsync(INetwork network, Uri url, TextWriter output, TlsClientOptions? tls = null)
    {
        ClientOptions options = new() { Tls = url.Scheme == Uri.UriSchemeHttps ? tls ?? new TlsClientOptions() : null };
        await using Connection connection = await network.OpenConnectionAsync(url.IdnHost, url.Port, options);
        var (reader, writer) = connection;

        string query = $"HEAD {url.PathAndQuery} HTTP/1.0\r\nHost: {url.Authority}\r\n\r\n";
        writer.Write(Encoding.Latin1.GetBytes(query));

        await foreach (byte[] line in reader)
        {
            string header = Encoding.Latin1.GetString(line).TrimEnd();
            if (header.Length == 0)
            {
                // The headers end here. Not every server says over TLS that it has no more to say, so the end of the stream could be an error.
                break;
            }

            await output.WriteLineAsync($"HTTP header> {header}");
        }
    }
}
