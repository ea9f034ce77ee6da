using System.IO;
using Deterministic.Core;
using Deterministic.Streams.Engine;

namespace Deterministic.Streams.Tls;

/// <summary>The two steps from a plain connection to one over TLS.</summary>
internal static class TlsUpgrade
{
    /// <summary>
    /// Waits until everything queued is sent, then puts a layer on top. Clause W-STLS-03. From then on the plain connection takes nothing unless the network takes it at once or is waited for.
    /// </summary>
    /// <param name="plain">The connection.</param>
    /// <param name="secured">What lies on top of the layer.</param>
    /// <param name="change">Makes the program use that.</param>
    /// <param name="cancellationToken">Leaves everything as it was.</param>
    public static async ValueTask CoverAsync(
        ConnectionEngine plain,
        ConnectionEngine secured,
        Action change,
        CancellationToken cancellationToken
    )
    {
        WriteBufferLimits limits = plain.Limits.WriteBufferLimits;
        try
        {
            do
            {
                // Anything queued is too much: a drain is a flush.
                plain.SetLimits(WriteBufferLimits.Create(0));
                await plain.DrainAsync(cancellationToken).ConfigureAwait(false);
            } while (!plain.TryPushLayer(secured, change));
        }
        catch
        {
            plain.SetLimits(limits);
            throw;
        }

        plain.Transport.MarkEncrypted();
    }

    /// <summary>Makes the handshake. A cancellation aborts the connection: clause C-OPEN-11. A handshake that had failed before throws why, and not that it was cancelled.</summary>
    public static async ValueTask HandshakeAsync(
        TlsTransport transport,
        ConnectionEngine plain,
        ConnectionEngine secured,
        Func<Stream, ValueTask<TlsSession>> handshake,
        CancellationToken cancellationToken
    )
    {
        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static state => ((ConnectionEngine)state!).Abort(),
            secured
        );
        try
        {
            await transport.HandshakeAsync(handshake).ConfigureAwait(false);
        }
        catch (ConnectionException)
            when (cancellationToken.IsCancellationRequested && plain.ClosedBy == ClosedBy.ThisSide)
        {
            // What failed was cut short by the abort.
        }
        finally
        {
            await registration.DisposeAsync().ConfigureAwait(false);
        }

        if (cancellationToken.IsCancellationRequested)
        {
            secured.Abort();
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
