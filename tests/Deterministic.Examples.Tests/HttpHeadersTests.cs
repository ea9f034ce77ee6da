using System.Security.Cryptography.X509Certificates;
using Deterministic.Core;
using Deterministic.Sockets;
using Deterministic.Streams;
using Microsoft.AspNetCore.Hosting;

namespace Deterministic.Examples.Tests;

public sealed class HttpHeadersTests
{
    [Fact(Timeout = Limits.Hang)]
    public async Task The_headers_of_a_page_of_Kestrel_are_printed()
    {
        await using WebServer server = await WebServer.StartAsync();
        await using Outputs output = new();
        await HttpHeaders.PrintAsync(SocketNetwork.Default, new Uri(server.Url, "/page?a=b"), output);
        ShouldBeHeadersOfThePage(output);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task The_headers_of_a_page_of_Kestrel_are_printed_over_TLS()
    {
        using X509Certificate2 certificate = SelfMadeCertificate.Create(TimeProvider.System);
        await using WebServer server = await WebServer.StartAsync(listen => listen.UseHttps(certificate));
        await using Outputs output = new();
        Uri page = new(server.Url, "/page?a=b");
        page.Scheme.ShouldBe("https");
        TlsClientOptions trust = SelfMadeCertificate.Trust(certificate);
        await HttpHeaders.PrintAsync(SocketNetwork.Default, page, output, trust);
        ShouldBeHeadersOfThePage(output);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_certificate_that_this_machine_does_not_trust_is_an_error_and_prints_nothing()
    {
        using X509Certificate2 certificate = SelfMadeCertificate.Create(TimeProvider.System);
        await using WebServer server = await WebServer.StartAsync(listen => listen.UseHttps(certificate));
        await using Outputs output = new();
        ConnectionException error = await HttpHeaders
            .PrintAsync(SocketNetwork.Default, new Uri(server.Url, "/page"), output)
            .ShouldThrowAsync<ConnectionException>();
        error.Kind.ShouldBe(ConnectionErrorKind.CertificateRejected);
        output.Lines.ShouldBeEmpty();
    }

    private static void ShouldBeHeadersOfThePage(Outputs output)
    {
        output.Lines[0].ShouldBe("HTTP header> HTTP/1.1 200 OK");
        output.Lines.ShouldContain("HTTP header> Server: Kestrel");
        output.Lines.ShouldContain("HTTP header> X-Query: ?a=b");
        output.Lines.ShouldAllBe(line => line.StartsWith("HTTP header> ", StringComparison.Ordinal));
    }
}
