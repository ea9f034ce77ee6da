using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Examples.Http;

/// <summary>A small HTTP/1.1 server: GET and HEAD, several requests for each connection, sized and chunked bodies, and an answer to what it does not understand.</summary>
/// <remarks>
/// Map: <see cref="HttpRequestReader"/> reads and checks requests, <see cref="Pages"/> knows what there is to get, <see cref="HttpResponse"/> writes,
/// <see cref="Farewell"/> ends a connection whose client may not have said all yet.
/// </remarks>
public static class HttpServer
{
    /// <summary>As other servers have it. A longer one is answered with 414 or 431.</summary>
    public const int LongestLine = 8 * 1024;

    public static async Task<StreamServer> StartAsync(
        INetwork network,
        string? host = null,
        int port = 0,
        ServerOptions? options = null
    )
    {
        options ??= ServerOptions.Default;
        options = options with
        {
            Limit = LongestLine,
            // So that a close_notify can be said over TLS as well.
            Tls = options.Tls is { } tls ? tls with { AllowHalfClose = true } : null,
        };
        return await network.StartServerAsync(
            connection => ServeAsync(connection, network.TimeProvider),
            host,
            port,
            options
        );
    }

    private static async Task ServeAsync(Connection connection, TimeProvider time)
    {
        using Patience patience = new(time);
        HttpResponse response = new(connection.Writer, time, patience);
        try
        {
            while (await HttpRequestReader.ReadAsync(connection.Reader, patience.Restart()) is { } request)
            {
                await Pages.AnswerAsync(request, response);
                if (!request.KeepAlive)
                {
                    return;
                }
            }
        }
        catch (HttpErrorException error)
        {
            // Where a request ends that we do not understand is anybody's guess: the connection can't be used for a next one.
            await response.WriteTextAsync(error.Status, error.Message, keepAlive: false);
            await Farewell.SayAsync(connection, patience.Restart());
        }
        catch (ConnectionException)
        {
            // The client has left; there is nobody to answer.
        }
    }
}
