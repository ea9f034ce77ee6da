using System.CommandLine;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Examples.Http;
using Deterministic.Sockets;
using Deterministic.Streams;

namespace Deterministic.Examples.Usage;

/// <summary><c>http-server</c>.</summary>
internal static class HttpServerCommand
{
    public static Command Create(TextWriter output)
    {
        Option<string> host = Options.Host();
        Option<int> port = Options.Port(defaultPort: 8080, leastPort: 0);
        Option<bool> tls = new("--tls")
        {
            Description = "Serves HTTPS, with a certificate made on the spot for localhost",
        };
        Option<string?> certificateFile = new("--certificate")
        {
            HelpName = "FILE",
            Description = "Where that certificate goes, as PEM, for clients that are to trust it",
        };
        Command command = new("http-server", "Serves HTTP/1.1, until Control-C") { host, port, tls, certificateFile };
        command.SetAction(
            async (parsed, interrupt) =>
            {
                using X509Certificate2? certificate = parsed.GetValue(tls)
                    ? SelfMadeCertificate.Create(TimeProvider.System)
                    : null;
                if (parsed.GetValue(certificateFile) is { } file && certificate is not null)
                {
                    await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), interrupt);
                }

                await using StreamServer server = await HttpServer.StartAsync(
                    SocketNetwork.Default,
                    parsed.GetRequiredValue(host),
                    parsed.GetValue(port),
                    certificate is null ? null : Serving(certificate)
                );
                string scheme = certificate is null ? "http" : "https";
                await output.WriteLineAsync($"Serving on {scheme}://{server.EndPoints[0]}/");
                await server.ServeForeverAsync(interrupt);
            }
        );
        return command;
    }

    private static ServerOptions Serving(X509Certificate2 certificate) =>
        new()
        {
            Tls = new TlsServerOptions(new SslServerAuthenticationOptions { ServerCertificate = certificate }),
            OnError = error => Console.Error.WriteLine(error.Message),
        };
}
