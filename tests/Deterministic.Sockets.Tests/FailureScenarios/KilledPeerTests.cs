using System.Globalization;
using System.Net;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>Peers that are killed, as by <c>kill -9</c>.</summary>
public sealed class KilledPeerTests : GuardedTest
{
    [Clause("E-CONN-01")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_peer_that_is_killed_in_mid_write_ends_its_own_connection_only(bool writing)
    {
        TaskCompletionSource<Connection> flooded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer echo = await EchoServer.StartAsync(Guard);
        await using Bystander bystander = await Bystander.ConnectAsync(echo.Address(), Guard);
        await using StreamServer server = await SocketNetwork.Default.StartServerAsync(
            async connection =>
            {
                flooded.SetResult(connection);
                await connection.Writer.WaitClosedAsync(Guard);
            },
            "127.0.0.1",
            cancellationToken: Guard
        );
        int port = ((IPEndPoint)server.Address()).Port;
        using Child child = Child.Start("flood", port.ToString(CultureInfo.InvariantCulture));
        Connection connection = await flooded.Task.WaitAsync(Guard);
        await connection.Reader.ReadExactlyAsync(1_000_000, Guard);
        Task drained = writing ? WriteForEverAsync(connection.Writer) : Task.CompletedTask;
        await child.KillAsync(Guard);

        // What the kernel had of it still comes; a reset, sent because the dead left bytes of ours unread, may overtake that.
        Exception? end = await Record.ExceptionAsync(() => ReadToTheEndAsync(connection.Reader));
        if (writing || end is not null)
        {
            Kind(end ?? (await Record.ExceptionAsync(() => drained))!)
                .ShouldBeOneOf(ConnectionErrorKind.Reset, ConnectionErrorKind.BrokenPipe);
        }

        connection.Abort();
        await bystander.ShouldBeServedAsync();
    }

    private static ConnectionErrorKind Kind(Exception error) => error.ShouldBeOfType<ConnectionException>().Kind;

    private async Task WriteForEverAsync(AsyncStreamWriter writer)
    {
        byte[] data = new byte[64 * 1024];
        while (true)
        {
            writer.Write(data);
            await writer.DrainAsync(Guard);
        }
    }

    private async Task ReadToTheEndAsync(AsyncStreamReader reader)
    {
        while (await reader.BorrowAsync(64 * 1024, Guard) is { IsEmpty: false }) { }
    }
}
