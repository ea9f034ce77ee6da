using System.Globalization;
using System.Net;

namespace Deterministic.Examples.Http;

/// <summary>What there is to get.</summary>
internal static class Pages
{
    private const string Welcome = """
        Hello from Deterministic.
        /numbers/COUNT has that many numbered lines in a sized body,
        /chunked/COUNT has them in chunks.
        """;

    public static ValueTask AnswerAsync(HttpRequest request, HttpResponse response)
    {
        if (request.Method is not ("GET" or "HEAD"))
        {
            return response.WriteTextAsync(
                HttpStatusCode.MethodNotAllowed,
                "There is only GET and HEAD.",
                request.KeepAlive,
                extraField: "Allow: GET, HEAD"
            );
        }

        return request.Path.Split('/') switch
        {
            ["", ""] => response.WriteTextAsync(HttpStatusCode.OK, Welcome, request.KeepAlive, request.IsHead),
            ["", "numbers", var count] when Parse(count) is { } lines => response.WriteSizedAsync(request, lines),
            ["", "chunked", var count] when Parse(count) is { } lines => request.IsHttp10
                ? response.WriteSizedAsync(request, lines)
                : response.WriteChunkedAsync(request, lines),
            _ => response.WriteTextAsync(
                HttpStatusCode.NotFound,
                $"There is nothing at {request.Path}.",
                request.KeepAlive,
                request.IsHead
            ),
        };
    }

    private static NumberedLines? Parse(string count) =>
        long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out long lines)
        && lines <= NumberedLines.MostLines
            ? new NumberedLines(lines)
            : null;
}
