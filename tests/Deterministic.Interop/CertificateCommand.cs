using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Examples;

namespace Deterministic.Interop;

/// <summary><c>certificate</c>: makes a certificate for this machine, and its key.</summary>
internal static class CertificateCommand
{
    public static Command Create()
    {
        Argument<string> directory = new("DIRECTORY") { Description = "Where certificate.pem and key.pem go" };
        Command command = new("certificate", "Makes a certificate for localhost") { directory };
        command.SetAction(parsed => Write(parsed.GetRequiredValue(directory)));
        return command;
    }

    private static void Write(string directory)
    {
        using X509Certificate2 certificate = SelfMadeCertificate.Create(TimeProvider.System);
        File.WriteAllText(Path.Combine(directory, "certificate.pem"), certificate.ExportCertificatePem());
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(Path.Combine(directory, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}
