using System.IO;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Deterministic.Streams;

/// <summary>TLS by <see cref="SslStream"/>: what the runtime and the operating system provide. The only place that knows it.</summary>
/// <remarks>
/// On a network with a time of its own, such as a simulated one, certificates are valid or not at that time, nothing is downloaded to check them, and no session is resumed: what a process
/// remembers of earlier connections would make two runs differ. Keys and random numbers are still the operating system's. Signatures of RSA keys have one length and those of ECDSA keys have not:
/// a simulation that is to be replayed uses RSA.
/// </remarks>
public sealed class SslStreamEngine : TlsEngine
{
    private SslStreamEngine() { }

    /// <summary>It has no state, so there is one.</summary>
    public static SslStreamEngine Default { get; } = new();

    /// <inheritdoc/>
    public override async ValueTask<TlsSession> ConnectAsync(
        Stream ciphertext,
        TlsClientOptions options,
        string serverName,
        TimeProvider timeProvider
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        SslClientAuthenticationOptions own = SslOptionsCopy.Of(options.Authentication ?? new());
        own.TargetHost = serverName;
        CertificateCheck check = new(own.RemoteCertificateValidationCallback, serverName, isRequired: true);
        own.RemoteCertificateValidationCallback = check.Validate;
        OwnTime.Apply(own, timeProvider);
        return await HandshakeAsync(
                ciphertext,
                stream => stream.AuthenticateAsClientAsync(own, CancellationToken.None),
                check
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<TlsSession> AcceptAsync(
        Stream ciphertext,
        TlsServerOptions options,
        TimeProvider timeProvider
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        SslServerAuthenticationOptions own = SslOptionsCopy.Of(options.Authentication);
        CertificateCheck check = new(
            own.RemoteCertificateValidationCallback,
            serverName: null,
            own.ClientCertificateRequired
        );
        own.RemoteCertificateValidationCallback = check.Validate;
        OwnTime.Apply(own, timeProvider);
        if (own is { ServerCertificateContext: null, ServerCertificate: X509Certificate2 certificate })
        {
            own.ServerCertificateContext = ServerCertificates.ContextOf(certificate, OwnTime.Is(timeProvider));
        }

        return await HandshakeAsync(
                ciphertext,
                stream => stream.AuthenticateAsServerAsync(own, CancellationToken.None),
                check
            )
            .ConfigureAwait(false);
    }

    private static async ValueTask<TlsSession> HandshakeAsync(
        Stream ciphertext,
        Func<SslStream, Task> authenticate,
        CertificateCheck check
    )
    {
        SslTurn turn = new();
        SslStream stream = new(new SslTurnStream(ciphertext, turn), leaveInnerStreamOpen: true);
        try
        {
            // Free, so this waits for nothing.
            await turn.EnterAsync().ConfigureAwait(false);
            await authenticate(stream).ConfigureAwait(false);
            turn.Leave();
            return new SslStreamSession(stream, turn);
        }
        catch (Exception error)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            if (check.RefusalBecauseOf(error) is { } refusal)
            {
                throw refusal;
            }

            throw;
        }
    }
}
