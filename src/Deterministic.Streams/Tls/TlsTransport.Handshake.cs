using System.Buffers;
using System.IO;
using System.Net;
using Deterministic.Core;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Engine;
using Deterministic.Streams.Ssl;
using Deterministic.Streams.Timing;

namespace Deterministic.Streams.Tls;

/// <content>The handshake, and what waits for it.</content>
internal sealed partial class TlsTransport
{
    /// <summary>Makes the handshake. Once, when the engine on top is attached.</summary>
    /// <exception cref="ConnectionException">It failed; the connection is closing.</exception>
    public async Task HandshakeAsync(Func<Stream, ValueTask<TlsSession>> handshake)
    {
        _handshakeDeadline.Start(_options.HandshakeTimeout);
        _ = SettleAsync(handshake);
        await _settled.Task.ConfigureAwait(false);
        if (_connectionState.Info is null)
        {
            throw _connectionState.Fault ?? TlsErrors.ClosedDuringHandshake();
        }
    }

    /// <summary>Gives the handshake up with this error. A handshake that is over, one way or the other, is not touched.</summary>
    /// <returns>Whether it was under way.</returns>
    public bool TryFailHandshake(ConnectionException error)
    {
        if (!_connectionState.TrySettle(null, error))
        {
            return false;
        }

        NotifyHandshakeCompleted();
        _plain.Fail(error);
        return true;
    }

    private async Task SettleAsync(Func<Stream, ValueTask<TlsSession>> handshake)
    {
        TlsSession? session = null;
        Exception? fault = null;
        try
        {
            session = await handshake(_ciphertext).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            fault = TlsErrors.OfHandshake(error, _ciphertext);
        }

        _handshakeDeadline.Stop();
        if (_connectionState.TrySettle(session, fault))
        {
            NotifyHandshakeCompleted();
        }
        else
        {
            // Given up meanwhile.
            session?.Dispose();
        }
    }

    /// <summary>Not on this stack: it may be that of a program that cancels, or that has called <see cref="HandshakeAsync"/>.</summary>
    private void NotifyHandshakeCompleted() => ScheduleLayer(static state => ((TlsTransport)state!).Resume(), this);

    /// <summary>What waits continues in order, and then the call that started TLS. (Of several awaiters of one task, the runtime sends all but one over the thread pool.)</summary>
    private void Resume()
    {
        foreach (Action waiting in _connectionState.TakeWaiting())
        {
            waiting();
        }

        if (BlockedThread.IsCurrent)
        {
            Schedule(static settled => ((TaskCompletionSource)settled!).TrySetResult(), _settled);
        }
        else
        {
            _settled.TrySetResult();
        }
    }
}
