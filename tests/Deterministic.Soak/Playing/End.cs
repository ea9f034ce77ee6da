using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Soak.Planning;
using Deterministic.Streams;

namespace Deterministic.Soak.Playing;

/// <summary>One end of a connection, from its first byte of content until it is gone.</summary>
internal static class End
{
    /// <summary>Two segments on loopback, and less than large plans send. With less than a segment TCP itself waits for its timers.</summary>
    private const int SmallBuffer = 128 * 1024;

    /// <summary>Plays this end. Never throws: what should not have happened is in the ledger.</summary>
    public static async Task PlayAsync(
        Connection connection,
        Session session,
        Side side,
        Ledger ledger,
        CancellationToken guard
    )
    {
        try
        {
            if (session.Plan.SmallBuffers && connection.Writer.GetExtraInfo("socket") is Socket socket)
            {
                socket.SendBufferSize = SmallBuffer;
                socket.ReceiveBufferSize = SmallBuffer;
            }

            await new Flows(connection, session, side, ledger, guard).RunAsync();
            connection.Writer.Close();
            await connection.Writer.WaitClosedAsync(guard);
        }
        catch (ConnectionException) when (!session.Plan.IsOrderly)
        {
            ledger.Count(SoakEvent.LossSeen);
        }
        catch (Exception error) when (!session.Plan.IsOrderly && IsOfADisposedSocket(error))
        {
            // The plan broke it before its buffers were set.
            ledger.Count(SoakEvent.LossSeen);
        }
        catch (OperationCanceledException) when (guard.IsCancellationRequested)
        {
            ledger.Report($"The {side} hangs on {session}.");
        }
        catch (Exception error)
        {
            ledger.Report($"The {side} failed with {error.GetType().Name} ({error.Message}) on {session}.");
        }
        finally
        {
            connection.Abort();
            ledger.EndOver(session);
        }
    }

    private static bool IsOfADisposedSocket(Exception error) => error is ObjectDisposedException or SocketException;
}
