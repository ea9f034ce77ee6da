using System.Net;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>Time-outs run in the time of the network, and cost nothing but the wait that they end.</summary>
internal static class TimingOutCases
{
    private const int Limit = 16 * 1024;

    public static IEnumerable<ContractCase> All =>
        [
            new(
                "time-out/connect",
                "a connect that nobody answers in time is timed out, and harms nothing",
                ConnectAsync,
                ContractCapabilities.Unresponsive
            ),
            new(
                "time-out/connect-in-time",
                "a time-out has no say in a connection that was made in time",
                ConnectInTimeAsync
            ),
            new("time-out/read", "a read that times out loses nothing", ReadAsync),
            new("time-out/drain", "a drain that times out loses no output", DrainAsync),
            new(
                "time-out/server-close",
                "a server whose deadline passes aborts the clients that are left, and them alone",
                ServerCloseAsync
            ),
            new("time-out/wait-closed", "waits for a close can time out, and close nothing", WaitClosedAsync),
            new(
                "time-out/close",
                "a close that the peer does not take is given up in time, and every wait says so",
                CloseAsync,
                ContractCapabilities.ClosesAlone
            ),
            new(
                "time-out/idle",
                "a server ends a connection on which nothing moves, reports it once, and touches no other",
                IdleAsync
            ),
        ];

    private static async Task ConnectAsync(ContractWorld world)
    {
        EndPoint silent = Check.Given(world.UnresponsiveAddress, nameof(world.UnresponsiveAddress));
        ConnectionException error = await Check.ThrowsAsync<ConnectionException>(
            () => world.ConnectAsync(silent, new ClientOptions { ConnectTimeout = world.ShortTimeout }).AsTask(),
            "a connect that nobody answers in time"
        );
        Check.Same(ConnectionErrorKind.TimedOut, error.Kind, "why the connect failed");
        await ConnectingCases.CheckConnectsAsync(world);
    }

    private static async Task ConnectInTimeAsync(ContractWorld world)
    {
        ClientOptions options = new() { ConnectTimeout = world.Patience };
        await using Pair pair = await Pair.ConnectAsync(world, options);
        await pair.CheckUsableAsync();
    }

    private static async Task ReadAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        pair.Server.Writer.Write("half a "u8);
        await pulse.UntilAsync(() => pair.Client.Reader.Buffered == "half a ".Length);
        await TimesOutAsync(world, token => pair.Client.Reader.ReadLineAsync(token).AsTask(), "a read");
        pair.Server.Writer.Write("line\n"u8);
        Check.SameText("half a line\n", await pair.Client.Reader.ReadLineAsync(), "the line after the time-out");
        await pair.CheckUsableAsync();
    }

    private static async Task DrainAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = Limit });
        AsyncStreamWriter writer = pair.Client.Writer;
        SaturatedWriter clog = await SaturatedWriter.FillAsync(world, pulse, writer, Limit);
        await TimesOutAsync(world, token => writer.DrainAsync(token).AsTask(), "a drain");
        Check.That(!clog.Drain.IsCompleted, "another drain goes on");
        writer.Close();
        Check.Same(clog.Written, await Pattern.ReadToEndAsync(pair.Server.Reader), "the bytes that arrived");
        await clog.Drain;
    }

    private static async Task WaitClosedAsync(ContractWorld world)
    {
        await using StreamServer server = await Echo.StartAsync(world);
        await using Connection connection = await world.ConnectAsync(server);
        await Echo.CheckAsync(connection, "before");
        await TimesOutAsync(world, token => connection.Writer.WaitClosedAsync(token).AsTask(), "a wait for a close");
        await TimesOutAsync(world, token => server.WaitClosedAsync(token).AsTask(), "a wait for a server's end");
        await Echo.CheckAsync(connection, "after");
        Check.That(server.IsServing, "the server still serves");
    }

    private static async Task ServerCloseAsync(ContractWorld world)
    {
        await using StreamServer server = await Echo.StartAsync(world);
        await using StreamServer neighbour = await Echo.StartAsync(world);
        await using Connection idle = await world.ConnectAsync(server);
        await using Connection other = await world.ConnectAsync(neighbour);
        await Echo.CheckAsync(idle, "before");
        await Echo.CheckAsync(other, "before");
        Task lost = Loss.OfReaderAsync(idle.Reader, world);
        Check.Same(1, await server.CloseAsync(world.ShortTimeout), "the clients left at the deadline");
        await lost;
        await server.WaitClosedAsync();
        await Echo.CheckAsync(other, "after");
    }

    private static async Task CloseAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        ClientOptions options = new() { ShutdownTimeout = world.ShortTimeout };
        await using Pair pair = await Pair.ConnectAsync(world, options, new ServerOptions { Limit = Limit });
        AsyncStreamWriter writer = pair.Client.Writer;
        SaturatedWriter clog = await SaturatedWriter.FillAsync(world, pulse, writer, Limit);
        writer.Close();
        ConnectionException error = await Check.ThrowsAsync<ConnectionException>(
            () => writer.WaitClosedAsync().AsTask(),
            "a close that the peer does not take"
        );
        Check.Same(ConnectionErrorKind.TimedOut, error.Kind, "why the close failed");
        Check.Same(0L, writer.Buffered, "the bytes still queued");
        Check.Same(
            error,
            await Check.ThrowsAsync<ConnectionException>(() => clog.Drain, "the drain that waited"),
            "what the drain throws"
        );
    }

    private static async Task IdleAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using StreamServer server = await world.ServeAsync(
            connection => connection.Reader.ReadToEndAsync().AsTask(),
            // Far longer than it takes to connect, also on a busy machine.
            new ServerOptions { IdleTimeout = world.Patience / 30 }
        );
        await using Connection idle = await world.ConnectAsync(server);
        await Loss.OfReaderAsync(idle.Reader, world);
        await pulse.UntilAsync(() => server.FailureCount == 1 && server.ConnectionCount == 0);
        Check.Same(
            ConnectionErrorKind.TimedOut,
            (server.LastFailure as ConnectionException)?.Kind ?? ConnectionErrorKind.Other,
            "why it was ended"
        );
        await pulse.BeatAsync();
        Check.Same(1L, server.FailureCount, "how often it was reported");
    }

    private static async Task TimesOutAsync(ContractWorld world, Func<CancellationToken, Task> wait, string what)
    {
        using CancellationTokenSource source = new(world.ShortTimeout, world.Client.TimeProvider);
        OperationCanceledException error = await Check.ThrowsAsync<OperationCanceledException>(
            () => wait(source.Token),
            $"{what} that times out"
        );
        Check.Same(source.Token, error.CancellationToken, $"{what} that times out: the token of the exception");
    }
}
