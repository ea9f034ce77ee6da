using System.Net;
using System.Text;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>A connection to an echo server that must not notice what happens to others.</summary>
internal sealed class Bystander : IAsyncDisposable
{
    private readonly Connection _connection;
    private readonly CancellationToken _guard;
    private int _rounds;

    private Bystander(Connection connection, CancellationToken guard) => (_connection, _guard) = (connection, guard);

    public static async Task<Bystander> ConnectAsync(EndPoint server, CancellationToken guard)
    {
        Bystander bystander = new(await SocketNetwork.Default.OpenConnectionAsync(server, null, guard), guard);
        await bystander.ShouldBeServedAsync();
        return bystander;
    }

    public async Task ShouldBeServedAsync()
    {
        string line = $"round {_rounds++}\n";
        _connection.Writer.Write(Encoding.UTF8.GetBytes(line));
        Encoding.UTF8.GetString(await _connection.Reader.ReadLineAsync(_guard)).ShouldBe(line);
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
