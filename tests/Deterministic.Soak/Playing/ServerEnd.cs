using System.Buffers.Binary;
using Deterministic.Core;
using Deterministic.Soak.Planning;
using Deterministic.Streams;

namespace Deterministic.Soak.Playing;

/// <summary>Handles the connections of a server.</summary>
/// <param name="ledger">Knows what is to happen on each.</param>
/// <param name="greeted">Called once it is known which connection this is.</param>
/// <param name="guard">Ends what hangs.</param>
internal sealed class ServerEnd(Ledger ledger, Action greeted, CancellationToken guard)
{
    public async Task HandleAsync(Connection connection)
    {
        ledger.Count(SoakEvent.HandlerBegun);
        try
        {
            if (await GreetAsync(connection) is { } session)
            {
                await ServeAsync(connection, session);
            }
        }
        finally
        {
            ledger.Count(SoakEvent.HandlerEnded);
        }
    }

    private async Task<Session?> GreetAsync(Connection connection)
    {
        try
        {
            byte[] number = await connection.Reader.ReadExactlyAsync(sizeof(long), guard);
            if (ledger.Find(BinaryPrimitives.ReadInt64LittleEndian(number)) is { } session)
            {
                return session;
            }

            ledger.Report($"A client greeted with {Convert.ToHexString(number)}, which is no connection of this run.");
        }
        catch (IOException error) when (error is ConnectionException or IncompleteReadException)
        {
            // Cancelled or reset before its first bytes were there.
            ledger.Count(SoakEvent.Stillborn);
        }

        return null;
    }

    private async Task ServeAsync(Connection connection, Session session)
    {
        greeted();
        await End.PlayAsync(connection, session, Side.Server, ledger, guard);
    }
}
