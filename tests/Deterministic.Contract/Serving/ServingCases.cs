using System.Net;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>A server's life, and what of it reaches its connections.</summary>
internal static class ServingCases
{
    public static IEnumerable<ContractCase> All =>
        [
            new(
                "serve/handler-error",
                "what a handler throws is reported and ends only its own connection",
                HandlerErrorAsync
            ),
            new("serve/close", "a closed server's connections go on; it is over when the last is gone", CloseAsync),
            new(
                "serve/close-clients",
                "clients that the server closes get what was queued, then the end",
                CloseClientsAsync
            ),
            new(
                "serve/abort-clients",
                "clients that the server aborts see a reset",
                AbortClientsAsync,
                ContractCapabilities.RealReset
            ),
            new(
                "serve/refuses-after-close",
                "a closed server's address refuses",
                RefusesAfterCloseAsync,
                ContractCapabilities.Refusal
            ),
            new(
                "serve/address-in-use",
                "an address that is taken cannot be bound",
                AddressInUseAsync,
                ContractCapabilities.ExclusiveAddresses
            ),
            new("serve/again", "an address can be served again once its server has closed", AgainAsync),
            new("serve/later", "a server that is only bound answers nobody until it serves", LaterAsync),
            new(
                "serve/use-after-close",
                "a server that is closed stays so, however often it is told",
                UseAfterCloseAsync
            ),
        ];

    private static async Task HandlerErrorAsync(ContractWorld world)
    {
        TaskCompletionSource<Exception> reported = new();
        ServerOptions options = new() { OnError = error => reported.TrySetResult(error) };
        await using StreamServer server = await world.ServeAsync(ServeUntilBoomAsync, options);
        await using Connection unlucky = await world.ConnectAsync(server);
        await using Connection neighbour = await world.ConnectAsync(server);
        await Echo.CheckAsync(neighbour, "one\n");

        unlucky.Writer.Write("boom\n"u8);
        Check.Same("boom", (await reported.Task).Message, "the message of the exception reported");
        await Loss.OfReaderAsync(unlucky.Reader, world);

        await Echo.CheckAsync(neighbour, "two\n");
        await using Connection late = await world.ConnectAsync(server);
        await Echo.CheckAsync(late, "three\n");
        Check.That(server.IsServing, "the server still serves");
    }

    private static async Task ServeUntilBoomAsync(AsyncStreamReader reader, AsyncStreamWriter writer)
    {
        await foreach (byte[] line in reader)
        {
            if (line.AsSpan().SequenceEqual("boom\n"u8))
            {
                throw new InvalidOperationException("boom");
            }

            writer.Write(line);
        }
    }

    private static async Task CloseAsync(ContractWorld world)
    {
        await using StreamServer server = await Echo.StartAsync(world);
        await using Connection connection = await world.ConnectAsync(server);
        await Echo.CheckAsync(connection, "before");

        server.Close();
        Check.That(!server.IsServing, "a closed server does not serve");
        ValueTask over = server.WaitClosedAsync();
        await Echo.CheckAsync(connection, "after");
        Check.That(!over.IsCompleted, "a server with a connection left is not over");

        await connection.DisposeAsync();
        await over;
        Check.Same(0, server.ConnectionCount, "the connections of a server that is over");
    }

    private static async Task CloseClientsAsync(ContractWorld world)
    {
        byte[] farewell = Payload.Random(world, world.TransferBytes);
        TaskCompletionSource written = new();
        await using StreamServer server = await world.ServeAsync(
            async (reader, writer) =>
            {
                writer.Write(farewell);
                written.SetResult();
                await reader.ReadToEndAsync();
            }
        );
        await using Connection connection = await world.ConnectAsync(server);
        await written.Task;
        server.CloseClients();
        Check.SameBytes(
            farewell,
            await connection.Reader.ReadToEndAsync(),
            "what was queued when the server closed its clients"
        );
        Check.That(server.IsServing, "the server still serves");
    }

    private static async Task AbortClientsAsync(ContractWorld world)
    {
        await using StreamServer server = await Echo.StartAsync(world);
        await using Connection connection = await world.ConnectAsync(server);
        await Echo.CheckAsync(connection, "before");
        Task<byte[]> read = connection.Reader.ReadAsync(1).AsTask();
        server.AbortClients();
        ConnectionException error = await Check.ThrowsAsync<ConnectionException>(
            () => read,
            "the read of an aborted client"
        );
        Check.Same(ConnectionErrorKind.Reset, error.Kind, "how the client was lost");
    }

    private static async Task RefusesAfterCloseAsync(ContractWorld world)
    {
        await using StreamServer server = await Echo.StartAsync(world);
        EndPoint address = server.EndPoints[0];
        await using Connection connection = await world.ConnectAsync(address);
        await Echo.CheckAsync(connection, "before");
        server.Close();
        ConnectionException error = await Check.ThrowsAsync<ConnectionException>(
            () => world.ConnectAsync(address).AsTask(),
            "connecting to a closed server"
        );
        Check.Same(ConnectionErrorKind.Refused, error.Kind, "why the connect failed");
        await Echo.CheckAsync(connection, "after");
    }

    private static async Task AddressInUseAsync(ContractWorld world)
    {
        await using StreamServer server = await Echo.StartAsync(world);
        EndPoint taken = server.EndPoints[0];
        ConnectionException error = await Check.ThrowsAsync<ConnectionException>(
            () => world.ServeAsync(Echo.ServeAsync, at: taken).AsTask(),
            "serving at an address that is taken"
        );
        Check.Same(ConnectionErrorKind.AddressInUse, error.Kind, "why the address could not be bound");
        await using Connection connection = await world.ConnectAsync(server);
        await Echo.CheckAsync(connection, "unharmed");
    }

    private static async Task AgainAsync(ContractWorld world)
    {
        await using StreamServer first = await Echo.StartAsync(world);
        await using Connection connection = await world.ConnectAsync(first.EndPoints[0]);
        await Echo.CheckAsync(connection, "first");
        await first.DisposeAsync();

        await using StreamServer second = await world.ServeAsync(Echo.ServeAsync, at: first.EndPoints[0]);
        Check.Same(first.EndPoints[0], second.EndPoints[0], "where the second server is bound");
        await using Connection again = await world.ConnectAsync(second.EndPoints[0]);
        await Echo.CheckAsync(again, "second");
    }

    private static async Task LaterAsync(ContractWorld world)
    {
        await using StreamServer server = await world.ServeAsync(
            Echo.ServeAsync,
            new ServerOptions { StartServing = false }
        );
        Check.That(!server.IsServing, "a server that is only bound does not serve");
        if (world.Can(ContractCapabilities.Refusal))
        {
            ConnectionException error = await Check.ThrowsAsync<ConnectionException>(
                () => world.ConnectAsync(server).AsTask(),
                "connecting to a server that is only bound"
            );
            Check.Same(ConnectionErrorKind.Refused, error.Kind, "why the connect failed");
        }

        server.StartServing();
        server.StartServing();
        Check.That(server.IsServing, "a server that was started serves");
        await using Connection connection = await world.ConnectAsync(server);
        await Echo.CheckAsync(connection, "at last");
    }

    private static async Task UseAfterCloseAsync(ContractWorld world)
    {
        await using StreamServer server = await Echo.StartAsync(world);
        EndPoint address = server.EndPoints[0];
        await using Connection connection = await world.ConnectAsync(server);
        await Echo.CheckAsync(connection, "before");
        server.Close();
        server.Close();
        try
        {
            server.StartServing();
            Check.That(false, "a server that was closed can't be started");
        }
        catch (InvalidOperationException)
        {
            // DEV-32.
        }

        Check.Same(address, server.EndPoints[0], "the address of a closed server");
        await Echo.CheckAsync(connection, "after");
        server.AbortClients();
        await server.WaitClosedAsync();
        server.CloseClients();
        server.AbortClients();
        await server.WaitClosedAsync();
        await server.DisposeAsync();
        Check.Same(address, server.EndPoints[0], "the address of a server that is over");
    }
}
