using System.IO;
using System.Net.Security;
using Deterministic.Streams.Ssl;

namespace Deterministic.Streams;

/// <summary>TLS by <see cref="SslStream"/>: what the runtime and the operating system provide. The only place that knows it.</summary>
/// <remarks>
/// Sessions are resumed as the runtime does it, for all connections of the process, but never where certificates of clients are concerned: see
/// <see cref="TlsServerOptions.ResumeClientCertificateSessions"/>.
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
        own.TargetHost = options.SendServerName ? serverName : "";
        CertificateCheck check = new(own.RemoteCertificateValidationCallback, serverName, isRequired: true)
        {
            ChecksName = !options.SendServerName,
        };
        own.RemoteCertificateValidationCallback = check.Validate;
        ClientCertificates.Apply(own);
        CustomTimeProvider.Apply(own, timeProvider);
        return await HandshakeAsync(
                ciphertext,
                stream => stream.AuthenticateAsClientAsync(own, CancellationToken.None),
                check,
                serverName
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
        own.AllowTlsResume &= !own.ClientCertificateRequired || options.ResumeClientCertificateSessions;
        CustomTimeProvider.Apply(own, timeProvider);
        ServerCertificateChoice choice = new(own, CustomTimeProvider.Is(timeProvider));
        return await HandshakeAsync(ciphertext, choice.AuthenticateAsync, check, serverName: null)
            .ConfigureAwait(false);
    }

    private static async ValueTask<TlsSession> HandshakeAsync(
        Stream ciphertext,
        Func<SslStream, Task> authenticate,
        CertificateCheck check,
        string? serverName
    )
    {
        AsyncMutex turn = new();
        SslStream stream = new(new MutexStream(ciphertext, turn), leaveInnerStreamOpen: true);
        try
        {
            // Free, so this waits for nothing.
            await turn.EnterAsync().ConfigureAwait(false);
            await authenticate(stream).ConfigureAwait(false);
            turn.Leave();
            return new SslStreamSession(stream, turn, serverName);
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
