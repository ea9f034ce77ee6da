using System.Net;
using System.Net.Sockets;
using System.Text;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>The server object on real sockets: what scripted listeners can't show.</summary>
public sealed class ServerTests : GuardedTest
{
    [Clause("C-MAX-01")]
    [Fact]
    public async Task No_more_than_the_bound_are_served_at_once_and_the_rest_wait_their_turn()
    {
        const int Bound = 4;
        const int Clients = 40;
        int served = 0;
        int most = 0;
        await using StreamServer server = await SocketNetwork.Default.StartServerAsync(
            async (reader, writer) =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref served));
                writer.Write(await reader.ReadLineAsync(Guard));
                Interlocked.Decrement(ref served);
            },
            "localhost",
            options: new ServerOptions { MaxConnections = Bound },
            cancellationToken: Guard
        );
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(VisitAsync));
        most.ShouldBeInRange(1, Bound);
        server.FailureCount.ShouldBe(0);

        async Task VisitAsync(int number)
        {
            EndPoint address = server.EndPoints[number % server.EndPoints.Count];
            await using Connection connection = await SocketNetwork.Default.OpenConnectionAsync(address, null, Guard);
            byte[] line = Encoding.UTF8.GetBytes($"{number}\n");
            connection.Writer.Write(line);
            (await connection.Reader.ReadLineAsync(Guard)).ShouldBe(line);
        }
    }

    [Clause("S-CLOSE-02")]
    [Fact]
    public async Task A_drain_lets_who_finishes_finish_and_resets_the_others()
    {
        ManualTime time = new();
        await using StreamServer server = await new SocketNetwork(time).StartServerAsync(
            async (reader, writer) => writer.Write(await reader.ReadLineAsync(Guard)),
            "127.0.0.1",
            cancellationToken: Guard
        );
        await using Connection busy = await SocketNetwork.Default.OpenConnectionAsync(server.Address(), null, Guard);
        await using Connection idle = await SocketNetwork.Default.OpenConnectionAsync(server.Address(), null, Guard);
        while (server.ConnectionCount < 2)
        {
            await Task.Yield();
            Guard.ThrowIfCancellationRequested();
        }

        ValueTask<int> drained = server.CloseAsync(TimeSpan.FromHours(1), Guard);
        busy.Writer.Write("last words\n"u8);
        (await busy.Reader.ReadToEndAsync(Guard)).ShouldBe("last words\n"u8.ToArray());
        while (server.ConnectionCount > 1)
        {
            await Task.Yield();
            Guard.ThrowIfCancellationRequested();
        }

        time.Due.ShouldHaveSingleItem().ShouldBe(TimeSpan.FromHours(1));
        time.Ring();
        ConnectionException error = await idle
            .Reader.ReadAsync(1, Guard)
            .AsTask()
            .ShouldThrowAsync<ConnectionException>();
        error.Kind.ShouldBe(ConnectionErrorKind.Reset);
        (await drained).ShouldBe(1);
    }

    [Clause("S-FOREVER-01", "S-FOREVER-02")]
    [Fact]
    public async Task Served_for_ever_until_it_is_cancelled()
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Guard);
        await using StreamServer server = await SocketNetwork.Default.StartServerAsync(
            connection => connection.Reader.ReadToEndAsync(Guard).AsTask(),
            "127.0.0.1",
            options: new ServerOptions { StartServing = false },
            cancellationToken: Guard
        );
        Task forever = server.ServeForeverAsync(stop.Token).AsTask();
        await using Connection connection = await SocketNetwork.Default.OpenConnectionAsync(
            server.Address(),
            null,
            Guard
        );
        await stop.CancelAsync();
        OperationCanceledException error = await forever.ShouldThrowAsync<OperationCanceledException>();
        error.CancellationToken.ShouldBe(stop.Token);
        await SocketNetwork
            .Default.OpenConnectionAsync(server.EndPoints[0], null, Guard)
            .AsTask()
            .ShouldFailAsync(ConnectionErrorKind.Refused);
        connection.Writer.IsClosing.ShouldBeFalse();
    }

    [Clause("C-SRV-01", "C-SRV-05")]
    [Fact]
    public async Task Several_hosts_are_served_at_once_those_that_are_not_here_left_out()
    {
        // 192.0.2.1 is for documentation, RFC 5737: no machine has it.
        await using StreamServer server = await SocketNetwork.Default.StartServerAsync(
            (_, writer) => writer.Write("hello\n"u8),
            ["192.0.2.1", "127.0.0.1", "127.0.0.2", "127.0.0.1"],
            cancellationToken: Guard
        );
        server
            .EndPoints.Cast<IPEndPoint>()
            .Select(address => address.Address.ToString())
            .ShouldBe(["127.0.0.1", "127.0.0.2"]);
        foreach (EndPoint address in server.EndPoints)
        {
            await using Connection connection = await SocketNetwork.Default.OpenConnectionAsync(address, null, Guard);
            (await connection.Reader.ReadLineAsync(Guard)).ShouldBe("hello\n"u8.ToArray());
        }
    }

    [Clause("C-SRV-01")]
    [Fact]
    public async Task Of_several_hosts_none_stays_bound_when_one_is_taken()
    {
        using Socket taken = Loopback.Listen();
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        await SocketNetwork
            .Default.StartServerAsync(_ => { }, ["127.0.0.2", "127.0.0.1"], port, cancellationToken: Guard)
            .AsTask()
            .ShouldFailAsync(ConnectionErrorKind.AddressInUse);
        await using StreamServer server = await SocketNetwork.Default.StartServerAsync(
            _ => { },
            "127.0.0.2",
            port,
            cancellationToken: Guard
        );
        server.IsServing.ShouldBeTrue();
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen = Volatile.Read(ref most);
        while (value > seen)
        {
            seen = Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
