using System.Net;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>Servers and clients that speak TLS on loopback.</summary>
internal static class TlsLoopback
{
    /// <summary>Trusts the test's authority.</summary>
    public static ClientOptions Client { get; } =
        new() { Tls = new TlsClientOptions { Authentication = Certificates.ClientAuthentication() } };

    public static TlsServerOptions Server { get; } = new(Certificates.Server);

    public static ValueTask<StreamServer> EchoAsync(CancellationToken token) =>
        ServeAsync(
            async (reader, writer) =>
            {
                while (await reader.ReadAsync(64 * 1024, token) is { Length: > 0 } data)
                {
                    writer.Write(data);
                    await writer.DrainAsync(token);
                }
            },
            static _ => { },
            token
        );

    public static ValueTask<StreamServer> ServeAsync(
        Func<AsyncStreamReader, AsyncStreamWriter, Task> handler,
        Action<Exception> onError,
        CancellationToken token
    ) =>
        SocketNetwork.Default.StartServerAsync(
            handler,
            "127.0.0.1",
            0,
            new ServerOptions { Tls = Server, OnError = onError },
            token
        );

    public static ValueTask<Connection> ConnectAsync(StreamServer server, CancellationToken token) =>
        SocketNetwork.Default.OpenConnectionAsync(server.Address(), Client, token);

    public static int Port(this StreamServer server) => ((IPEndPoint)server.Address()).Port;
}
