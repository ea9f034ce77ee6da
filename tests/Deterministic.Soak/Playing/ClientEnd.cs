using System.Buffers.Binary;
using Deterministic.Soak.Planning;
using Deterministic.Streams;

namespace Deterministic.Soak.Playing;

/// <summary>Makes connections to a server.</summary>
internal sealed class ClientEnd(
    Func<ClientOptions, CancellationToken, ValueTask<Connection>> connect,
    Ledger ledger,
    CancellationToken guard
)
{
    /// <summary>Makes one connection and plays it through. Never throws: what should not have happened is in the ledger.</summary>
    public async Task PlayAsync(Session session)
    {
        ledger.Open(session);
        if (await ConnectAsync(session) is not { } connection)
        {
            ledger.Forget(session);
            return;
        }

        Greet(connection, session);
        await End.PlayAsync(connection, session, Side.Client, ledger, guard);
    }

    private async Task<Connection?> ConnectAsync(Session session)
    {
        using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(guard);
        try
        {
            ValueTask<Connection> connecting = connect(new ClientOptions { Limit = session.Plan.Limit }, cancel.Token);
            for (int turns = session.Plan.CancelConnectAfter ?? 0; turns > 0 && !connecting.IsCompleted; turns--)
            {
                await Task.Yield();
            }

            if (session.Plan.CancelConnectAfter is not null)
            {
                await cancel.CancelAsync();
            }

            return await connecting;
        }
        catch (OperationCanceledException) when (!guard.IsCancellationRequested)
        {
            ledger.Count(SoakEvent.ConnectCancelled);
        }
        catch (Exception error)
        {
            ledger.Report($"Connecting failed with {error.GetType().Name} ({error.Message}).");
        }

        return null;
    }

    private static void Greet(Connection connection, Session session)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, session.Number);
        connection.Writer.Write(number);
    }
}
