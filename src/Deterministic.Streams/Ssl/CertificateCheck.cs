using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Core;

namespace Deterministic.Streams.Ssl;

/// <summary>The verdict on the peer's certificate: the program's own, or the standard one, of which it remembers what was wrong.</summary>
/// <param name="ownCheck">The program's; null for the standard one.</param>
/// <param name="serverName">The name that the certificate must have; null for a client's.</param>
/// <param name="isRequired">Whether the peer must show one.</param>
internal sealed class CertificateCheck(
    RemoteCertificateValidationCallback? ownCheck,
    string? serverName,
    bool isRequired
)
{
    private string? _refusal;

    /// <summary>Whether the name is checked here, because <see cref="SslStream"/> was not given it: it sends what it is given.</summary>
    public bool ChecksName { get; init; }

    public bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!isRequired && certificate is null)
        {
            errors &= ~SslPolicyErrors.RemoteCertificateNotAvailable;
        }

        if (ChecksName && certificate is X509Certificate2 shown && IsFor(shown))
        {
            errors &= ~SslPolicyErrors.RemoteCertificateNameMismatch;
        }

        bool accepted = ownCheck?.Invoke(sender, certificate, chain, errors) ?? errors == SslPolicyErrors.None;
        if (!accepted)
        {
            string reason =
                ownCheck is not null && errors == SslPolicyErrors.None
                    ? "the program's RemoteCertificateValidationCallback refuses it"
                    : CertificateErrors.Describe(certificate as X509Certificate2, chain, errors, serverName);
            _refusal = $"The TLS certificate of {Peer} was not accepted: {reason}.";
        }

        return accepted;
    }

    /// <summary>The error of a handshake that failed because of the certificate; null if that was not it.</summary>
    public ConnectionException? RefusalBecauseOf(Exception error) =>
        _refusal is null ? null : new ConnectionException(ConnectionErrorKind.CertificateRejected, _refusal, error);

    private bool IsFor(X509Certificate2 certificate) =>
        !string.IsNullOrEmpty(serverName) && certificate.MatchesHostname(serverName);

    private string Peer =>
        serverName is null ? "the client"
        : serverName.Length == 0 ? "the server"
        : $"'{serverName}'";
}
