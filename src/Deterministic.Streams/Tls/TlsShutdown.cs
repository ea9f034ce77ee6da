using Deterministic.Core;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Engine;

namespace Deterministic.Streams.Tls;

/// <summary>How a connection over TLS ends well: our close_notify, the peer's, then the connection below. Clause W-TLS-01.</summary>
internal sealed class TlsShutdown(ConnectionEngine plain, TlsConnectionState connectionState, TlsReceiving receiving)
{
    private readonly object _gate = new();
    private ShutdownState _state;

    /// <summary>A close that found the end of our half under way. (Two awaiters of one task would not both continue on the driver's stack.)</summary>
    private TaskCompletionSource? _sent;

    /// <summary>Inside the session, on the driver's stack: sends close_notify, once.</summary>
    public async Task SendCloseNotifyAsync()
    {
        if (TryBegin(out Task? underWay))
        {
            try
            {
                await connectionState.Session.ShutdownAsync().ConfigureAwait(false);
            }
            finally
            {
                End()?.SetResult();
            }
        }
        else if (underWay is not null)
        {
            await underWay.ConfigureAwait(false);
        }
    }

    /// <summary>Inside the session, which it leaves. Ends when the connection below is gone; a deadline makes that fail.</summary>
    public async Task<TransportResult> CloseAsync()
    {
        try
        {
            await SendCloseNotifyAsync().ConfigureAwait(false);
            await receiving.DropRestAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The peer does not wait for our close_notify, or time is up. What was queued was sent, and that is all that a close promises.
        }
        finally
        {
            connectionState.Leave();
        }

        Exception? lost = await ClosePlainAsync().ConfigureAwait(false);
        return (connectionState.Fault ?? lost) is { } error ? TransportResult.Failed(error) : TransportResult.Done;
    }

    /// <returns>What the close of the connection below itself met; what had gone wrong before does not count.</returns>
    private async Task<Exception?> ClosePlainAsync()
    {
        // Together: the end of the one must not come between a look and a wait of the other.
        await plain.Layer!.InBothAsync();
        plain.Close();
        try
        {
            await plain.WaitClosedAsync(CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (Exception error)
        {
            return plain.ClosedBy == ClosedBy.ThisSide ? error : null;
        }
    }

    private bool TryBegin(out Task? underWay)
    {
        lock (_gate)
        {
            underWay = _state == ShutdownState.Sending ? (_sent = new TaskCompletionSource()).Task : null;
            bool begins = _state == ShutdownState.NotSent;
            _state = begins ? ShutdownState.Sending : _state;
            return begins;
        }
    }

    private TaskCompletionSource? End()
    {
        lock (_gate)
        {
            _state = ShutdownState.Sent;
            return _sent;
        }
    }
}
