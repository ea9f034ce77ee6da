using System.Net.Security;
using System.Reflection;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Streams.Ssl;

#pragma warning disable CA1416 // Where there is no such option, none is tried.

namespace Deterministic.Streams.Tests;

/// <summary>Options are copied, and not one of them is forgotten: also those that a later runtime adds.</summary>
public sealed class SslOptionsCopyTests
{
    public static TheoryData<string> ClientProperties => [.. Names(typeof(SslClientAuthenticationOptions))];

    public static TheoryData<string> ServerProperties => [.. Names(typeof(SslServerAuthenticationOptions))];

    [Theory]
    [MemberData(nameof(ClientProperties))]
    public void Each_option_of_a_client_is_copied(string name)
    {
        SslClientAuthenticationOptions options = new();
        PropertyInfo property = Change(options, name);
        ShouldEqual(property.GetValue(SslOptionsCopy.Of(options)), property.GetValue(options));
    }

    [Theory]
    [MemberData(nameof(ServerProperties))]
    public void Each_option_of_a_server_is_copied(string name)
    {
        SslServerAuthenticationOptions options = new();
        PropertyInfo property = Change(options, name);
        ShouldEqual(property.GetValue(SslOptionsCopy.Of(options)), property.GetValue(options));
    }

    [Fact]
    public void A_connection_changes_nothing_in_the_options_of_the_program()
    {
        X509ChainPolicy policy = Certificates.Trust();
        SslClientAuthenticationOptions client = new() { CertificateChainPolicy = policy };
        SslServerAuthenticationOptions server = new() { ServerCertificate = Certificates.Server };
        TlsPair.Secured(TlsPair.ClientOptions with { Authentication = client }, new TlsServerOptions(server));
        client.TargetHost.ShouldBeNull();
        client.RemoteCertificateValidationCallback.ShouldBeNull();
        client.AllowTlsResume.ShouldBeTrue();
        client.CertificateChainPolicy.ShouldBeSameAs(policy);
        policy.VerificationTimeIgnored.ShouldBeTrue();
        server.RemoteCertificateValidationCallback.ShouldBeNull();
        server.ServerCertificateContext.ShouldBeNull();
        server.AllowTlsResume.ShouldBeTrue();
    }

    private static IEnumerable<string> Names(Type type) =>
        type.GetProperties().Where(property => property.CanWrite).Select(property => property.Name);

    private static PropertyInfo Change(object options, string name)
    {
        PropertyInfo property = options.GetType().GetProperty(name)!;
        property.SetValue(options, Another(property, options));
        return property;
    }

    /// <summary>A value that is not the default.</summary>
    private static object Another(PropertyInfo property, object options) =>
        property.GetValue(options) switch
        {
            bool flag => !flag,
            SslProtocols => SslProtocols.Tls13,
            EncryptionPolicy => (EncryptionPolicy)1,
            X509RevocationMode => X509RevocationMode.Offline,
            _ => property.PropertyType switch
            {
                { } type when type == typeof(string) => "a name",
                { } type when type == typeof(List<SslApplicationProtocol>) => new List<SslApplicationProtocol>
                {
                    SslApplicationProtocol.Http2,
                },
                { } type when type == typeof(X509ChainPolicy) => new X509ChainPolicy
                {
                    VerificationTime = TestTime.Start.UtcDateTime,
                },
                { } type when type == typeof(CipherSuitesPolicy) => new CipherSuitesPolicy([
                    TlsCipherSuite.TLS_AES_128_GCM_SHA256,
                ]),
                { } type when type == typeof(X509CertificateCollection) => new X509CertificateCollection(),
                { } type when type == typeof(X509Certificate) => Certificates.Server,
                { } type when type == typeof(SslStreamCertificateContext) => SslStreamCertificateContext.Create(
                    Certificates.Server,
                    null,
                    offline: true
                ),
                { } type when type == typeof(RemoteCertificateValidationCallback) =>
                    (RemoteCertificateValidationCallback)((_, certificate, _, _) => certificate is null),
                { } type when type == typeof(LocalCertificateSelectionCallback) => (LocalCertificateSelectionCallback)(
                    (_, _, _, _, _) => Certificates.Client
                ),
                { } type when type == typeof(ServerCertificateSelectionCallback) =>
                    (ServerCertificateSelectionCallback)((_, _) => Certificates.Server),
                { } type => throw new NotSupportedException(
                    $"The runtime has a new kind of option, {property.Name}: {type}. Copy it, and say here what to try."
                ),
            },
        };

    private static void ShouldEqual(object? copied, object? given)
    {
        switch (given)
        {
            case List<SslApplicationProtocol> protocols:
                copied.ShouldNotBeSameAs(given);
                ((List<SslApplicationProtocol>)copied!).ShouldBe(protocols);
                break;
            case X509ChainPolicy policy:
                copied.ShouldNotBeSameAs(given);
                ((X509ChainPolicy)copied!).VerificationTime.ShouldBe(policy.VerificationTime);
                break;
            default:
                copied.ShouldBe(given);
                break;
        }
    }
}
