using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>Ways to see that a connection is lost.</summary>
internal static class Loss
{
    /// <summary>A reader whose peer has aborted: a reset where the world has one, else an end of file.</summary>
    public static async Task OfReaderAsync(AsyncStreamReader reader, ContractWorld world)
    {
        if (world.Can(ContractCapabilities.RealReset))
        {
            ConnectionException error = await Check.ThrowsAsync<ConnectionException>(
                () => reader.ReadAsync(1).AsTask(),
                "the read of an aborted connection"
            );
            Check.IsLoss(error, "the error of the read");
        }
        else
        {
            Check.Same(0, (await reader.ReadAsync(1)).Length, "the bytes read from an aborted connection");
        }
    }

    /// <summary>A stream that was cut off after an amount of data that nobody knows: its end is a loss where the world has resets, else an end of file.</summary>
    public static async Task OfStreamAsync(AsyncStreamReader reader, ContractWorld world)
    {
        if (world.Can(ContractCapabilities.RealReset))
        {
            ConnectionException error = await Check.ThrowsAsync<ConnectionException>(
                () => Pattern.ReadToEndAsync(reader),
                "reading a stream that was cut off"
            );
            Check.IsLoss(error, "the end of a stream that was cut off");
        }
        else
        {
            await Pattern.ReadToEndAsync(reader);
        }
    }

    /// <summary>Once a connection is lost with an error, all that can wait on it raises that very error: clause W-LOST-05.</summary>
    public static async Task IsTheSameEverywhereAsync(Connection connection, ConnectionException error)
    {
        Check.IsLoss(error, "the error");
        Check.That(connection.Writer.IsClosing, "the writer of a lost connection is closing");
        Check.That(ReferenceEquals(error, connection.Reader.Exception), "the reader keeps the error");
        Check.That(
            ReferenceEquals(error, await ErrorAsync(() => connection.Reader.ReadAsync(1).AsTask(), "a later read")),
            "a later read raises it"
        );
        Check.That(
            ReferenceEquals(error, await ErrorAsync(() => connection.Writer.DrainAsync().AsTask(), "a drain")),
            "a drain raises it"
        );
        Check.That(
            ReferenceEquals(
                error,
                await ErrorAsync(() => connection.Writer.WaitClosedAsync().AsTask(), "the wait for the close")
            ),
            "the wait for the close raises it"
        );
    }

    /// <summary>The end of a connection of which the peer may or may not have taken its leave in order: it comes, and is no other error than a loss.</summary>
    public static async Task OrEndAsync(AsyncStreamWriter writer)
    {
        try
        {
            await writer.WaitClosedAsync();
        }
        catch (ConnectionException error)
        {
            Check.IsLoss(error, "the end of the connection");
        }
    }

    /// <summary>Writes until the peer's refusal of it shows.</summary>
    public static async Task<ConnectionException> ProvokeAsync(Connection connection, ProgressProbe pulse)
    {
        while (true)
        {
            try
            {
                connection.Writer.Write("?"u8);
                await connection.Writer.DrainAsync();
            }
            catch (ConnectionException error)
            {
                return error;
            }

            await pulse.BeatAsync();
        }
    }

    private static Task<ConnectionException> ErrorAsync(Func<Task> action, string what) =>
        Check.ThrowsAsync<ConnectionException>(action, what);
}
