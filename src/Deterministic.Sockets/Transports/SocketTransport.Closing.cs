using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Deterministic.Sockets.Connecting;
using Deterministic.Sockets.Errors;
using Deterministic.Sockets.Tuning;
using Deterministic.Sockets.Watching;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Transports;

/// <content>Closing and aborting.</content>
internal sealed partial class SocketTransport
{
    /// <inheritdoc/>
    /// <remarks>
    /// The kernel continues to send what it took, then a FIN. It sends a reset instead, and drops what it has not sent yet, if bytes arrive
    /// from the peer after this: so TCP reports that they will not be read. Those that have arrived already are discarded first,
    /// so that the peer does not lose what we sent last. <see cref="ConnectionOptions.Linger"/> makes it drop them, or wait here until they are acknowledged.
    /// </remarks>
    public override TransportResult Close()
    {
        if (_linger > TimeSpan.Zero)
        {
            return CloseAndLinger();
        }

        if (TryEnd(SocketState.Closed))
        {
            Dispose(inOrder: _linger is null);
        }

        return TransportResult.Done;
    }

    public override void Abort()
    {
        if (TryEnd(SocketState.Closed))
        {
            Dispose(inOrder: false);
        }
        else if (_state == SocketState.Lingering && _lingering!.TryCut())
        {
            EndLingering(SocketErrors.ClosedHere);
            // Not on this stack, which is a user's.
            Schedule(static transport => ((SocketTransport)transport!).ReportAborted(), this);
        }
    }

    private TransportResult CloseAndLinger()
    {
        // Before the state changes, so that an abort from another thread finds it.
        _lingering = new SendQueueWait(
            new SendQueueProbe(_socket, _receive),
            _linger!.Value,
            TimeProvider,
            result =>
            {
                EndLingering(result);
                Handler.CloseCompleted(result);
            }
        );
        if (!TryEnd(SocketState.Lingering))
        {
            // An abort was faster.
            return TransportResult.Done;
        }

        SocketCloser.EndSending(_socket);
        TransportResult result = _lingering.Begin();
        if (result.Status != TransportStatus.Pending)
        {
            EndLingering(result);
        }

        return result;
    }

    private void EndLingering(in TransportResult result)
    {
        _state = SocketState.Closed;
        Dispose(inOrder: result.Status == TransportStatus.Completed);
    }

    private void ReportAborted() => Handler.CloseCompleted(SocketErrors.ClosedHere);

    private void Dispose(bool inOrder)
    {
        if (inOrder)
        {
            SocketCloser.Close(_socket);
        }
        else
        {
            SocketCloser.Reset(_socket);
        }

        _watch?.Close();
        _receive.Retire();
        _send?.Retire();
        _send?.Cut();
    }

    private bool TryEnd(SocketState next) =>
        Interlocked.CompareExchange(ref _state, next, SocketState.Open) == SocketState.Open;
}
