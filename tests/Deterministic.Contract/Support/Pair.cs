using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>Both ends of one connection in one hand, so that a body reads as a story.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private readonly StreamServer _server;
    private readonly TaskCompletionSource _over;

    private Pair(StreamServer server, TaskCompletionSource over, Connection near, Connection far)
    {
        _server = server;
        _over = over;
        Client = near;
        Server = far;
    }

    /// <summary>The client's end.</summary>
    public Connection Client { get; }

    /// <summary>The server's end. Its handler does nothing until the pair is disposed of.</summary>
    public Connection Server { get; }

    public static async Task<Pair> ConnectAsync(
        ContractWorld world,
        ClientOptions? client = null,
        ServerOptions? server = null
    )
    {
        // Plain sources: with asynchronous continuations, what awaits them could continue on the thread pool, outside of a simulation.
        TaskCompletionSource over = new();
        TaskCompletionSource<Connection> accepted = new();
        StreamServer running = await world.ServeAsync(
            connection =>
            {
                accepted.SetResult(connection);
                return over.Task;
            },
            server
        );
        Connection near = await world.ConnectAsync(running, client);
        return new Pair(running, over, near, await accepted.Task);
    }

    /// <summary>Both directions still carry data.</summary>
    public async Task CheckUsableAsync()
    {
        await CheckCarriesAsync(Client.Writer, Server.Reader, "from client to server");
        await CheckCarriesAsync(Server.Writer, Client.Reader, "from server to client");
    }

    /// <summary>Both sides close, and both are done.</summary>
    public async Task CloseAsync()
    {
        Client.Writer.Close();
        Server.Writer.Close();
        await Client.Writer.WaitClosedAsync();
        await Server.Writer.WaitClosedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Abort();
        _over.SetResult();
        await _server.DisposeAsync();
    }

    private static async Task CheckCarriesAsync(AsyncStreamWriter writer, AsyncStreamReader reader, string direction)
    {
        byte[] word = Payload.Text("still here");
        writer.Write(word);
        await writer.DrainAsync();
        Check.SameBytes(word, await reader.ReadExactlyAsync(word.Length), $"a word {direction}");
    }
}
