using System.Buffers;
using System.Net;
using System.Text;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Examples.Http;

/// <summary>Reads a request, and refuses what RFC 9112 says a server should refuse. Whoever is lax here lets requests be smuggled past whoever stands in front.</summary>
internal static class HttpRequestReader
{
    /// <summary>With the longest line this bounds what a request can make us keep: below 1 MiB.</summary>
    private const int MostFields = 100;

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    /// <returns>The next request, or null if the client has no more.</returns>
    /// <exception cref="HttpErrorException">It is none, or none for us.</exception>
    public static async ValueTask<HttpRequest?> ReadAsync(AsyncStreamReader reader, CancellationToken cancellationToken)
    {
        string? start = await ReadLineAsync(reader, HttpStatusCode.RequestUriTooLong, cancellationToken);
        if (start is "")
        {
            // One blank line before a request is forgiven: RFC 9112, 2.2.
            start = await ReadLineAsync(reader, HttpStatusCode.RequestUriTooLong, cancellationToken);
        }

        if (start is null || await ReadFieldsAsync(reader, cancellationToken) is not { } fields)
        {
            return null;
        }

        HttpRequest request = Parse(start, fields);
        Check(request);
        return request;
    }

    private static async ValueTask<Dictionary<string, string>?> ReadFieldsAsync(
        AsyncStreamReader reader,
        CancellationToken cancellationToken
    )
    {
        Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);
        for (int count = 0; count <= MostFields; count++)
        {
            string? line = await ReadLineAsync(reader, HttpStatusCode.RequestHeaderFieldsTooLarge, cancellationToken);
            if (line is null or "")
            {
                return line is null ? null : fields;
            }

            (string name, string value) = ParseField(line);
            fields[name] = fields.TryGetValue(name, out string? earlier) ? $"{earlier}, {value}" : value;
        }

        throw new HttpErrorException(
            HttpStatusCode.RequestHeaderFieldsTooLarge,
            $"There are more than {MostFields} header fields."
        );
    }

    /// <returns>The line without its end, or null if the client has left.</returns>
    private static async ValueTask<string?> ReadLineAsync(
        AsyncStreamReader reader,
        HttpStatusCode tooLong,
        CancellationToken cancellationToken
    )
    {
        try
        {
            byte[] line = await reader.ReadLineAsync(cancellationToken);
            return line switch
            {
                [.. var text, (byte)'\r', (byte)'\n'] => Encoding.Latin1.GetString(text),
                [.. var text, (byte)'\n'] => Encoding.Latin1.GetString(text),
                _ => null,
            };
        }
        catch (LimitOverrunException)
        {
            throw new HttpErrorException(tooLong, $"A line is longer than {reader.Limit} bytes.");
        }
    }

    private static HttpRequest Parse(string start, Dictionary<string, string> fields)
    {
        if (start.Split(' ') is not [var method, var target, var version] || !IsToken(method) || HasControl(target))
        {
            throw Bad("The request line is not 'METHOD TARGET HTTP/1.1'.");
        }

        bool isHttp10 = version switch
        {
            "HTTP/1.1" => false,
            "HTTP/1.0" => true,
            ['H', 'T', 'T', 'P', '/', >= '0' and <= '9', '.', >= '0' and <= '9'] => throw new HttpErrorException(
                HttpStatusCode.HttpVersionNotSupported,
                "This server speaks HTTP/1.1 and HTTP/1.0."
            ),
            _ => throw Bad("The request line does not end with a version of HTTP."),
        };
        return new HttpRequest(method, PathOf(target), isHttp10, fields);
    }

    private static (string Name, string Value) ParseField(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? "" : line[..colon];
        string value = line[(colon + 1)..].Trim(' ', '\t');
        return IsToken(name) && !HasControl(value)
            ? (name, value)
            : throw Bad("A header field is not 'Name: value' on a line of its own.");
    }

    private static void Check(HttpRequest request)
    {
        bool hasHost = request.Fields.TryGetValue("Host", out string? host);
        if (hasHost ? host!.Contains(',', StringComparison.Ordinal) : !request.IsHttp10)
        {
            throw Bad("HTTP/1.1 asks for one Host field, and for no second one.");
        }

        bool hasBody =
            request.Fields.ContainsKey("Transfer-Encoding")
            || request.Fields.GetValueOrDefault("Content-Length", "0") != "0";
        if (hasBody)
        {
            throw new HttpErrorException(HttpStatusCode.RequestEntityTooLarge, "This server takes no request bodies.");
        }
    }

    /// <summary>Of the forms that a target can have, those that name something here: <c>/path?query</c> and <c>http://host/path?query</c>.</summary>
    private static string PathOf(string target)
    {
        string path =
            target.StartsWith('/') ? target
            : Uri.TryCreate(target, UriKind.Absolute, out Uri? url) ? url.AbsolutePath
            : throw Bad("The target of the request is neither a path nor a URL.");
        return path.Split('?')[0];
    }

    private static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenCharacters);

    private static bool HasControl(string text) =>
        text.Any(character => character != '\t' && char.IsControl(character));

    private static HttpErrorException Bad(string message) => new(HttpStatusCode.BadRequest, message);
}
