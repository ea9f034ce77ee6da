using System.Net;
using System.Net.Sockets;
using System.Text;
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

/// <summary>Connections and servers on Unix sockets as programs use them. Clauses C-UNIX-01, C-UNIX-03, C-UNIX-06.</summary>
public sealed class UnixServerTests : GuardedTest, IDisposable
{
    private readonly TempFolder _folder = new();

    public new void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }

    [Clause("C-UNIX-01", "C-UNIX-03", "C-UNIX-06", "W-INFO-01", "W-INFO-02")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_line_goes_both_ways_and_both_know_where_they_are(bool isAbstract)
    {
        string path = isAbstract ? $"\0{Guid.NewGuid():N}" : _folder.PathOf("s");
        TaskCompletionSource<Connection> served = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer server = await SocketNetwork.Default.StartUnixServerAsync(
            async connection =>
            {
                served.SetResult(connection);
                connection.Writer.Write(await connection.Reader.ReadLineAsync(Guard));
                await connection.Reader.ReadToEndAsync(Guard);
            },
            path,
            cancellationToken: Guard
        );
        Connection client = await SocketNetwork.Default.OpenUnixConnectionAsync(path, null, Guard);
        client.Writer.Write("hello\n"u8);
        Encoding.UTF8.GetString(await client.Reader.ReadLineAsync(Guard)).ShouldBe("hello\n");
        client.Writer.WriteEof();
        (await client.Reader.ReadToEndAsync(Guard)).ShouldBeEmpty();
        await client.DisposeAsync();

        UnixDomainSocketEndPoint address = new(path);
        Connection accepted = await served.Task.WaitAsync(Guard);
        client.RemoteEndPoint.ShouldBe(address);
        client.Writer.GetExtraInfo("peername").ShouldBe(address);
        client.LocalEndPoint!.ToString().ShouldBeEmpty();
        accepted.LocalEndPoint.ShouldBe(address);
        accepted.Writer.GetExtraInfo("sockname").ShouldBe(address);
        accepted.RemoteEndPoint!.ToString().ShouldBeEmpty();
    }

    [Clause("S-CLOSE-01", "C-UNIX-05")]
    [Fact]
    public async Task Closed_it_refuses_while_established_connections_go_on()
    {
        string path = _folder.PathOf("s");
        TaskCompletionSource accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StreamServer server = await SocketNetwork.Default.StartUnixServerAsync(
            async (reader, writer) =>
            {
                accepted.SetResult();
                writer.Write(await reader.ReadLineAsync(Guard));
            },
            path,
            cancellationToken: Guard
        );
        await using Connection client = await SocketNetwork.Default.OpenUnixConnectionAsync(path, null, Guard);
        await accepted.Task.WaitAsync(Guard);
        server.Close();
        await SocketNetwork
            .Default.OpenUnixConnectionAsync(path, null, Guard)
            .AsTask()
            .ShouldFailAsync(ConnectionErrorKind.Refused);
        client.Writer.Write("hello\n"u8);
        Encoding.UTF8.GetString(await client.Reader.ReadToEndAsync(Guard)).ShouldBe("hello\n");
        await server.WaitClosedAsync(Guard);
    }

    [Fact]
    public async Task More_clients_than_the_backlog_holds_all_get_in()
    {
        string path = _folder.PathOf("s");
        await using StreamServer server = await SocketNetwork.Default.StartUnixServerAsync(
            async (reader, writer) => writer.Write(await reader.ReadLineAsync(Guard)),
            path,
            new ServerOptions { Backlog = 2 },
            Guard
        );
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(AskAsync));
        answers.ShouldBe(Enumerable.Range(0, 100).Select(i => $"{i}\n"));

        async Task<string> AskAsync(int number)
        {
            await using Connection client = await SocketNetwork.Default.OpenUnixConnectionAsync(path, null, Guard);
            client.Writer.Write(Encoding.UTF8.GetBytes($"{number}\n"));
            return Encoding.UTF8.GetString(await client.Reader.ReadToEndAsync(Guard));
        }
    }

    [Clause("C-SRV-01")]
    [Fact]
    public async Task Names_of_one_address_are_bound_once()
    {
        EndPoint[] locals =
        [
            new DnsEndPoint("127.0.0.1", 0),
            Loopback.AnyPort,
            new DnsEndPoint("localhost", 0, AddressFamily.InterNetwork),
            _folder.EndPointOf("s"),
        ];
        IReadOnlyList<TransportListener> listeners = await SocketNetwork.Default.BindAsync(
            locals,
            ServerOptions.Default,
            Guard
        );
        listeners.Count.ShouldBe(2);
        listeners.ToList().ForEach(listener => listener.Close());
    }

    [Fact]
    public async Task There_must_be_an_address_to_serve_at() =>
        await SocketNetwork
            .Default.BindAsync([], ServerOptions.Default, Guard)
            .AsTask()
            .ShouldThrowAsync<ArgumentException>();
}
