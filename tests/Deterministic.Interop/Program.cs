using System.Buffers;
using System.Globalization;
using System.Net;
using Deterministic.Sockets;
using Deterministic.Streams;

// An echo server on real sockets, for clients that nobody here wrote. Prints its port, and serves until standard input ends.
int port = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 0;
ServerOptions options = new() { OnError = error => Console.Error.WriteLine($"A connection failed: {error.Message}") };
await using StreamServer server = await SocketNetwork.Default.StartServerAsync(EchoAsync, "127.0.0.1", port, options);
Console.WriteLine(((IPEndPoint)server.EndPoints[0]).Port);
while (await Console.In.ReadLineAsync() is not null) { }

static async Task EchoAsync(AsyncStreamReader reader, AsyncStreamWriter writer)
{
    while (await reader.BorrowAsync(reader.Limit) is { IsEmpty: false } data)
    {
        writer.Write(data);
        await writer.DrainAsync();
    }
}
