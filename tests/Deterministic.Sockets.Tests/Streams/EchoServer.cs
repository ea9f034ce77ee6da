using System.Buffers;
using System.Net;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>An echo server over the streams, as a user would write it.</summary>
internal static class EchoServer
{
    public static ValueTask<StreamServer> StartAsync(
        CancellationToken cancellationToken,
        ServerOptions? options = null
    ) => SocketNetwork.Default.StartServerAsync(EchoAsync, "127.0.0.1", 0, options, cancellationToken);

    public static EndPoint Address(this StreamServer server) => server.EndPoints.ShouldHaveSingleItem();

    private static async Task EchoAsync(AsyncStreamReader reader, AsyncStreamWriter writer)
    {
        while (await reader.BorrowAsync(64 * 1024) is { IsEmpty: false } data)
        {
            writer.Write(data);
            await writer.DrainAsync();
        }

        writer.WriteEof();
    }
}
