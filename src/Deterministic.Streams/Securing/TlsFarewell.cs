using Deterministic.Core;

namespace Deterministic.Streams;

/// <summary>How a connection over TLS ends well: our close_notify, the peer's, then the connection below. Clause W-TLS-01.</summary>
internal sealed class TlsFarewell(ConnectionEngine plain, TlsLife life, TlsReceiving receiving)
{
    private Task? _said;

    /// <summary>Inside the session: sends close_notify, once.</summary>
    public Task SayAsync() => _said ??= life.Session.ShutdownAsync().AsTask();

    /// <summary>Inside the session, which it leaves. Ends when the connection below is gone; whoever bounds the time makes that fail.</summary>
    public async Task<TransportResult> CloseAsync()
    {
        try
        {
            await SayAsync().ConfigureAwait(false);
            await receiving.DropRestAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The peer does not wait for our farewell, or time is up. What was queued was sent, and that is all that a close promises.
        }
        finally
        {
            life.Leave();
        }

        Exception? lost = await ClosePlainAsync().ConfigureAwait(false);
        return (life.Fault ?? lost) is { } error ? TransportResult.Failed(error) : TransportResult.Done;
    }

    /// <returns>What the close of the connection below itself met; what had gone wrong before does not count.</returns>
    private async Task<Exception?> ClosePlainAsync()
    {
        bool live = !plain.Inspect(static (ConnectionMachine machine) => machine.IsClosing);
        plain.Close();
        try
        {
            await plain.WaitClosedAsync(CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (Exception error)
        {
            return live ? error : null;
        }
    }
}
