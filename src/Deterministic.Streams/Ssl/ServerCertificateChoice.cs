using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Deterministic.Streams.Ssl;

/// <summary>
/// Which certificate a server shows: what the program's callback chooses, else the one that is set. <see cref="SslStream"/> takes only either of the two, and would build the chain
/// of what a callback chooses anew for each connection.
/// </summary>
/// <param name="own">One connection's options.</param>
/// <param name="offline">Whether nothing may be downloaded to complete a chain.</param>
internal sealed class ServerCertificateChoice(SslServerAuthenticationOptions own, bool offline)
{
    private readonly ServerCertificateSelectionCallback? _callback = own.ServerCertificateSelectionCallback;

    /// <summary>Makes the handshake.</summary>
    public Task AuthenticateAsync(SslStream stream)
    {
        if (own is { ServerCertificateContext: null, ServerCertificate: X509Certificate2 certificate })
        {
            own.ServerCertificateContext = ServerCertificates.ContextOf(certificate, offline);
        }

        if (_callback is null)
        {
            return stream.AuthenticateAsServerAsync(own, CancellationToken.None);
        }

        own.ServerCertificateSelectionCallback = null;
        return stream.AuthenticateAsServerAsync(
            static (sender, hello, choice, _) => ((ServerCertificateChoice)choice!).ChooseAsync(sender, hello),
            this,
            CancellationToken.None
        );
    }

    /// <summary>Called once the client has named the server.</summary>
    private ValueTask<SslServerAuthenticationOptions> ChooseAsync(SslStream sender, SslClientHelloInfo hello)
    {
        switch (_callback!(sender, hello.ServerName))
        {
            case X509Certificate2 { HasPrivateKey: true } chosen:
                own.ServerCertificateContext = ServerCertificates.ContextOf(chosen, offline);
                break;
            case { } chosen:
                // The runtime looks for its key in the system's store.
                own.ServerCertificateContext = null;
                own.ServerCertificate = chosen;
                break;
            case null when own is { ServerCertificate: null, ServerCertificateContext: null }:
                throw new AuthenticationException(
                    $"ServerCertificateSelectionCallback has no certificate for '{hello.ServerName}', and neither ServerCertificate nor ServerCertificateContext is set."
                );
            default:
                break;
        }

        return ValueTask.FromResult(own);
    }
}
